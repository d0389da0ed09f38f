"""First names of more parts of the world. Casefolded; data only.

As in `given_names.py`, names that are also words people report with are left out.
"""

from emails.replies.listings import listed

WORLD = frozenset(
    listed("""
    ollie | robbie | bobby | jimmy | billy | joey | mickey | manny | lenny | benny | denny | vinny | gabe | teddy
    josie | nate | zack | zac | leo | finn | lexi | izzy | lizzie | liz | becca | steph | jess | tess | maddy | peggy
    trish | viv | roz | gus | ozzy | sammy | freddy | eddy | monty | barney | bertie | winnie | tilly | milly | poppy
    kirsty | thea | freya | abby | abigail | adele | agatha | ailsa | aidan | alastair | albert | alfie | alfred
    alicia | alistair | amelia | angus | annabel | archie | arnold | arthur | barry | beatrice | becky | belinda
    bernadette | bert | bethany | beverley | bianca | bonnie | bradley | brendan | bridget | bryony | byron | callum
    camilla | carl | carol | carolyn | carrie | cassandra | cassie | celia | cerys | cheryl | clive | conor | courtney
    curtis | darren | daphne | dawson | declan | deirdre | denise | derek | desmond | dominic | doreen | duncan
    dustin | dwayne | eileen | elliot | elliott | ellie | elsie | eoin | ernest | esther | eugene | evelyn | fergus
    ffion | finley | flora | freddie | gareth | gavin | gemma | geoffrey | georgina | geraldine | gilbert | gillian
    gladys | gwen | gwyneth | hamish | harold | hattie | hayley | hazel | hector | herbert | hilary | holly | hugh
    imogen | isaac | isla | isobel | jacqueline | jade | jared | jeanette | jemima | jenna | jerome | jesse | jessie
    joanne | jocelyn | jonah | jonathon | josephine | juliet | kara | katharine | kathryn | katy | keira | kelvin
    kenny | kieran | kimberly | kristen | leah | leanne | leila | leonard | leroy | lesley | lewis | lillian | lindsay
    lindsey | logan | lois | lorna | lorraine | lucille | lucinda | lydia | lynne | mabel | maddie | madeleine | maeve
    malcolm | mandy | marcia | marjorie | marlon | marsha | marvin | matilda | maureen | maurice | melinda | melvin
    meredith | mervyn | mick | mildred | millie | miranda | mitchell | moira | morgan | muriel | myra | myrtle
    nathaniel | nell | nelson | niall | niamh | nicky | norma | norman | orla | oswald | paddy | pauline | penelope
    percy | perry | philippa | phillip | phyllis | polly | rachael | ramona | randall | randy | reggie | reginald
    rhiannon | rhys | ricky | roberta | robyn | roderick | rodney | roland | ronnie | rory | rosalind | rosemary
    rowena | rufus | rupert | sabrina | sadie | selina | seth | shane | shannon | shelley | sherry | sian | sidney
    sinead | siobhan | spencer | stacey | stanley | stewart | susannah | susie | sybil | tabitha | tamara | tamsin
    tasha | terence | terrence | tessa | thelma | theodore | theresa | tiffany | todd | tracey | trina | tristan
    valerie | vernon | viola | vivian | vivien | wallace | wanda | warren | wesley | wilfred | winifred | winston
    zachary | zara | adaeze | adebayo | abebe | abena | adwoa | afua | akosua | ama | amara | ayodele | ayanda
    babajide | bongani | bukola | chiamaka | chidi | chidinma | chijioke | chika | chinedu | chinwe | chioma
    chukwuemeka | dlamini | ebere | efua | emeka | esi | femi | folake | funmi | gbenga | hlengiwe | ifeanyi | ifeoma
    ikenna | jabari | kagiso | kamau | kelechi | kemi | kwabena | kwame | kwasi | kofi | lerato | lindiwe | mandla
    mbali | nandi | neema | ngozi | nia | njeri | nkechi | nnamdi | nneka | nomsa | nonso | ntombi | obinna
    oluwaseun | olumide | onyeka | rotimi | segun | sipho | sibusiso | temitope | thabo | thandiwe | themba | tobi
    tunde | uche | uchenna | wanjiru | wambui | yaw | yewande | zanele | zodwa | zola | desta | mulugeta | selam
    tadesse | tesfaye | hirut | makena | achieng | otieno | wangari | mwangi | kipchoge | fatou | mamadou | ousmane
    moussa | aminata | cheikh | ibrahima | seydou | abdul | abdullah | abdulrahman | abdelkader | adil | aicha | aïcha
    amal | amina | amine | amir | amira | anwar | asma | ayman | aya | bilal | dalia | dina | driss | farah | farid
    faisal | fadi | ghada | habib | hadi | haitham | hala | hamid | hamza | hanan | hani | hatem | hicham | hisham
    huda | hussein | ibtisam | idris | iman | imran | ismail | jamal | jamila | kamal | karim | karima | khadija
    lamia | latifa | leïla | lina | lubna | maha | mahmoud | majid | malak | malik | mansour | marwa | marwan | mehdi
    mona | mounir | mourad | munir | mustapha | nabil | nadim | naima | najwa | nasser | nawal | nizar | nour | osama
    othman | qasim | rachid | raed | rana | rania | rashid | rasha | reem | rima | saad | salah | salim | salma
    salwa | samir | samira | sawsan | sherif | souad | sofiane | soraya | tamer | tarek | tariq | wael | walid
    wassim | yacine | yasmin | yasmine | yasser | youssef | youssra | zahra | zainab | zaki | ziad | zied | zineb
    arash | arezoo | babak | behrouz | dariush | ehsan | elham | farhad | farzaneh | fereshteh | golnaz | hamed
    hossein | javad | kamran | kaveh | laleh | mahsa | maryam | masoud | mehran | mohsen | nasrin | nazanin | nima
    parisa | parvin | pouya | reza | roya | saeed | sahar | sepideh | shadi | shahram | shirin | siavash | soheil
    vahid | aarav | aarti | abhay | abhijit | abhinav | abhishek | aishwarya | ajay | ajit | akhil | akshay | alok
    aman | amrita | ananya | aniket | anirudh | anjana | ankita | ankur | anuj | anupam | anuradha | anushka | aparna
    archana | arnav | arvind | asha | ashish | ashwin | avinash | ayush | balaji | bharat | bhavna | bhaskar | chandan
    chandra | chetan | chitra | darshan | debashish | devika | dhruv | dilip | dinesh | ganesh | gauri | geeta
    girish | gopal | govind | harini | harpreet | harsh | harsha | hema | hemant | indira | ishaan | ishita | jagdish
    jaya | jayanth | jyoti | kalpana | kamala | kanchan | kapil | karan | karthik | kartik | kaushik | keshav
    kishore | komal | krishna | lalit | madhav | madhuri | mahesh | malini | manisha | manoj | mayank | megha | milind
    mihir | mohit | mukesh | murali | nandini | narayan | naresh | narendra | naveen | navin | neeraj | neeta | nilesh
    niraj | niranjan | nitin | padma | pallavi | pankaj | parth | pavan | payal | piyush | prabhu | prakash | pramod
    pranav | prasad | prasanna | prashant | pratik | praveen | preeti | prem | pritam | priyanka | puneet | rachna
    radha | raghav | raghu | raja | rajan | rajat | rajeev | rajendra | rajiv | rakesh | ramesh | ranjit | rashmi
    ravindra | reena | rekha | renu | renuka | ritesh | ritu | rohini | roshan | sachin | sagar | sangeeta | sanjana
    sanjeev | santosh | sarita | satish | seema | shalini | shankar | shanti | sharad | shashi | shilpa | shiv
    shivani | shruti | shubham | shweta | siddharth | smita | sneha | sonal | soumya | srinivas | sriram | subhash
    sudha | sudhir | sumit | supriya | suraj | surendra | sushma | swapna | swati | tanvi | tarun | tejas | uday
    umesh | usha | vaibhav | vandana | varun | vasudha | venkat | venkatesh | vidya | vijaya | vikas | vikrant | vimal
    vinay | vineet | vinod | vipul | vishal | vishnu | vivek | yash | yogesh | gurpreet | jaspreet | manpreet | simran
    sukhdeep | fahad | farhan | nadeem | nasir | rizwan | saima | sajid | salman | shahid | shazia | sohail | tahir
    usman | zafar | zeeshan | tahmina | aiko | akane | akihiro | akira | asuka | atsushi | ayaka | ayumi | chie
    daichi | daiki | daisuke | eiji | emi | eriko | fumiko | fumio | haruka | haruki | hideki | hiroko | hiromi
    hiroto | hisashi | itsuki | junichi | junko | kaede | kana | kaori | kaoru | katsumi | kazuki | kazuko | kazuo
    keiko | keita | kenichi | kenta | koichi | kohei | kyoko | makoto | mami | manabu | mariko | masahiro | masaki
    masako | masato | mayumi | megumi | michiko | minoru | misaki | mitsuko | miyuki | momoko | nanami | naoko | naoto
    natsuki | noboru | noriko | osamu | reiko | riko | rina | ryo | ryota | sachiko | sakura | sayaka | shigeru
    shingo | shinji | shiori | shota | shun | sota | susumu | tadashi | taichi | takahiro | takako | takashi | takuma
    takumi | takuya | tatsuya | tetsuya | tomoko | tomoya | toshio | tsubasa | tsuyoshi | yasuko | yoko | yosuke
    yoshiko | yui | yuka | yukiko | yumi | yusuke | yuta | yuto | byungho | dongwook | eunji | eunju | haeun | hyejin
    hyunwoo | jaehyun | jihye | jimin | jisoo | jiwon | jiyoung | junho | kyungsoo | minho | minji | seojun | seoyeon
    sooyoung | soojin | sungmin | taehyung | yejin | youngmi | yuna | chen | fang | guo | haoran | hui | jian | jiawei
    jiayi | jing | junjie | liang | lijuan | ling | meiling | mingyu | peng | qiang | shan | siyu | tao | weiwei
    xiaoming | xiaoyan | xin | xinyi | xiu | xue | yan | yifan | yiming | yong | yuhan | yuting | yuxuan | zhen
    zhiqiang | zihan | ziyi | anh | bảo | bình | cường | đức | dũng | giang | hạnh | hiền | hiếu | hùng | huy | khánh
    khoa | kiên | lâm | mạnh | nam | nhung | oanh | phong | phúc | quân | quỳnh | sơn | tâm | thắng | thủy | tiến
    trung | tú | tùng | vinh | yến | aditi | agus | ahmad | aisyah | andi | ayu | bambang | budi | citra | dewi | dian
    dwi | eko | fajar | farida | fitri | galih | hendra | intan | iwan | joko | kadek | ketut | lestari | nur | putri
    putu | rahayu | ratna | rini | rizky | siti | slamet | sri | suharto | sukma | surya | teguh | wahyu | wawan
    wayan | widodo | wulan | wulandari | yanti | yudi | yuni | aroon | kanya | kittisak | malee | nattaya | niran
    pim | ploy | pranee | somchai | somsak | suda | suchart | wichai | wipa | jomar | jericho | ligaya | maricel
    marites | achim | adelheid | alois | alwin | anneliese | annegret | ansgar | arno | bärbel | beate | benedikt
    bernhard | bertram | birte | brigitte | burkhard | carsten | christa | claus | cordula | corinna | cornelia
    dagmar | detlef | dietmar | dörte | dorothea | eberhard | eckhard | edeltraud | egon | elfriede | elmar | emil
    erhard | erich | ernst | erwin | eva-maria | ewald | falk | ferdinand | franz | frauke | friederike | friedhelm
    friedrich | gabi | gerda | gerlinde | gert | gertrud | gesa | gottfried | götz | gregor | greta | gudrun | gunther
    hannelore | hannes | hansjörg | hanspeter | hartmut | hedwig | heiner | heinrich | helge | helmut | hendrik
    henning | henrike | heribert | hermann | hildegard | horst | hubert | ilka | imke | inga | ingo | irina | iris
    irmgard | isabell | isolde | janina | jannik | johann | jörn | karla | karl-heinz | kaspar | katharina | kilian
    klemens | konstantin | korbinian | kornelia | lennart | leonie | leopold | lieselotte | lilli | lothar | ludger
    ludwig | maike | malte | maren | margarete | margit | margot | margret | marieke | marita | marlies | marten
    mathias | meike | meinhard | merle | mirjam | moritz | nadja | nele | niko | norbert | ortrud | oskar | oswin
    otmar | otto | philipp | raphael | regine | reiner | reinhold | romy | rosemarie | roswitha | rüdiger | rudolf
    sascha | siegfried | sieglinde | sönke | steffi | svenja | swantje | sybille | theo | theodor | theresia | thilo
    thorben | tillmann | torben | traudl | traute | urs | uschi | uta | valentin | veit | vroni | walburga | waldemar
    waltraud | wenzel | wiebke | wieland | wilfried | wilhelm | willi | winfried | wolfram | xaver
""")
)
