"""First names, so that one alone in the last line is known for the author's. Casefolded; data only.

Names that are words people report with (Mark, Will, May, Julia, Ruby) are left out.
"""

from emails.replies.listings import listed
from emails.replies.world_names import WORLD

GIVEN = (
    frozenset(
        listed("""
    aaron | adam | adrian | aisha | alan | alex | alexander | alexandra | alice | alison | allison | amanda | amy
    andrea | andreas | andrew | andy | angela | anita | ann | anna | anne | annie | anthony | antonio | ashley
    barbara | ben | benjamin | beth | betty | bob | brad | brandon | brenda | brian | bruce | bryan | caitlin
    cameron | carla | carlos | caroline | catherine | cathy | charles | charlie | charlotte | chloe | chris
    christian | christina | christine | christopher | cindy | claire | clara | colin | connor | craig | cynthia | dan
    dana | daniel | danny | dave | david | dawid | deborah | debbie | dennis | diana | diane | diego | donald
    donna | doris | doug | dylan | eddie | edith | edward | elaine | eleanor | elena | elizabeth | ella | ellen
    emily | emma | eric | erica | erin | ethan | eva | evan | eve | fiona | frances | francis | frank | fred | gary
    geoff | george | gerald | gina | glenn | gordon | graham | greg | gregory | hannah | harriet | harry | harvey
    heather | heidi | helen | henry | howard | ian | irene | isabel | isabella | ivan | jackie | jacob | jake | james
    jamie | jan | jane | janet | jason | jeff | jeffrey | jen | jennifer | jenny | jeremy | jerry | jess | jessica
    jill | jim | jimmy | joan | joanna | joe | joel | johanna | john | johnny | jon | jonathan | jordan | joseph
    josh | joshua | joyce | judith | judy | julian | julie | justin | karen | kate | katherine | kathleen | kathy
    katie | keith | kelly | ken | kenneth | kerry | kevin | kim | kirsty | kyle | larry | laura | lauren | lee | leo
    leon | leslie | liam | lily | linda | lisa | liz | louis | louise | lucas | lucy | luke | lynn | maggie | marc
    marcus | margaret | maria | marie | marilyn | mario | martha | martin | mary | matt | matthew | maya | megan | meg
    melanie | melissa | michael | michelle | mike | molly | monica | nancy | naomi | natalie | natasha | nathan
    neil | nicholas | nick | nicola | nicole | nigel | nina | noah | nora | oliver | olivia | olu | oscar | owen
    pamela | patricia | patrick | paul | paula | pete | peter | phil | philip | phoebe | rachel | ralph | raymond
    rebecca | ricardo | richard | rick | robert | robin | roger | ron | ronald | rosa | rosie | ross | roy | russell
    ruth | ryan | sally | sam | samantha | samuel | sandra | sara | sarah | scott | sean | sharon | shaun | sheila
    shirley | simon | sophia | sophie | stacy | stan | stella | stephanie | stephen | steve | steven | stuart | sue
    susan | suzanne | sylvia | tanya | tara | ted | teresa | terry | thomas | tim | timothy | tina | tobias | toby
    tom | tommy | toni | tony | tracy | trevor | tyler | vanessa | vera | veronica | vicky | victor | victoria
    vincent | walter | wayne | wendy | william | zach | zoe | andré | anja | anke | annika | antje | armin | axel
    bastian | bernd | birgit | björn | britta | christoph | claudia | dieter | dirk | dominik | elke | erika | felix
    florian | franziska | frieda | fritz | georg | gerd | gerhard | gisela | günter | günther | hans | harald | heike
    heiko | heinz | helga | holger | ina | ines | ingrid | jens | joachim | jochen | jörg | johannes | jonas | josef
    jürgen | jutta | kai | karin | karl | karsten | kathrin | katja | katrin | klaus | konrad | kurt | lars | lena
    lukas | lutz | manfred | manuela | markus | marlene | martina | matthias | melina | michaela | monika | nadine
    nils | olaf | petra | rainer | ralf | regina | reinhard | renate | rolf | rudi | sabine | sandro | silke | silvia
    sonja | stefan | stefanie | steffen | susanne | sven | tanja | thorsten | torsten | udo | ulf | uli | ulrich
    ulrike | ursula | ute | uwe | volker | werner | wolfgang | yvonne | agnès | alain | anaïs | antoine | arnaud
    audrey | aurélie | aurore | bastien | benoît | bernard | bertrand | bruno | camille | cécile | céline | chantal
    clément | corinne | cyril | damien | delphine | denis | didier | dominique | édouard | élise | élodie | émilie
    étienne | éric | fabien | fabrice | florence | françois | françoise | frédéric | gaëlle | gérard | gilles
    guillaume | hélène | henri | hervé | hugo | isabelle | jacques | jean | jean-pierre | jérôme | joëlle | julien
    karine | laurence | laurent | léa | loïc | luc | lucie | ludovic | magali | manon | marc-antoine | marion
    martine | mathieu | mathilde | maxime | mélanie | michel | mireille | nathalie | nicolas | noémie | olivier
    pascal | pascale | philippe | pierre | quentin | raphaël | rémi | rémy | romain | sébastien | solène | sylvain
    sylvie | tanguy | théo | thibault | thierry | valérie | véronique | xavier | yann | yannick | yves | alba
    alberto | alejandra | alejandro | álvaro | ana | andrés | ángel | antonia | beatriz | begoña | blanca | carmen
    cristina | daniela | eduardo | elisa | enrique | esteban | eugenia | federico | felipe | fernanda | fernando
    francisco | gabriel | gabriela | gonzalo | guillermo | gustavo | héctor | ignacio | inés | iván | jaime | javier
    jesús | joaquín | jorge | josé | juan | juana | laia | leticia | lola | lorena | lucía | luis | luisa | manuel
    marcos | maría | mariana | marina | marta | martín | mateo | matías | miguel | miriam | mónica | natalia | noelia
    nuria | óscar | pablo | paco | patricio | pedro | pilar | rafael | ramón | raquel | raúl | roberto | rocío
    rodrigo | rubén | sergio | silvina | sofía | sonia | susana | tomás | valentina | verónica | vicente | ximena
    yolanda | afonso | amélia | antónio | bia | bruna | caio | camila | cátia | célia | fábio | fátima | filipa
    flávia | graça | guilherme | helena | igor | inês | isadora | joana | joão | júlio | larissa | leonor | letícia
    lívia | luana | luís | luiz | madalena | mafalda | márcia | marcela | marcelo | márcio | mariane | mário | mateus
    maurício | nuno | otávio | patrícia | paulo | rafaela | renan | renata | rita | rui | sofia | tatiana | thiago
    tiago | vanda | vinícius | vitor | vítor | alessandra | alessandro | alessia | alfredo | angelo | arianna | chiara
    claudio | cristiano | davide | domenico | elisabetta | emanuele | enrico | ettore | fabio | fabrizio | federica
    filippo | francesca | francesco | gabriele | giacomo | gianluca | gianni | giorgia | giorgio | giovanna
    giovanni | giulia | giulio | giuseppe | ilaria | lorenzo | luca | luciano | luigi | marcello | marco | massimo
    matteo | maurizio | michele | mirko | paola | paolo | piero | pietro | riccardo | salvatore | serena | simona
    simone | stefania | stefano | tommaso | umberto | valeria | vincenzo | annelies | anouk | arjan | bart | bram
    cees | daan | edwin | femke | frits | gerrit | gijs | hanneke | henk | hilde | ilse | inge | jaap | jeroen | joost
    joris | jos | karel | kees | koen | lieke | lotte | maarten | marijke | marloes | martijn | mieke | nienke
    niels | pieter | rianne | rik | rob | roel | ruud | sander | sanne | sjoerd | stijn | thijs | tijs | tineke
    willem | wim | wouter | yvette | anders | anette | annette | arne | åsa | astrid | bengt | berit | birgitta
    bjørn | carina | cecilia | christer | elin | elisabeth | erik | eva-lena | frida | frode | fredrik | geir | göran
    gunilla | gunnar | gustav | håkan | hanne | hans-erik | hege | helene | helle | henrik | ida | ingeborg | ivar
    jakob | janne | jesper | johan | jonny | jørgen | kajsa | karina | katarina | kerstin | kirsten | kjell | knut
    kristian | kristin | kristina | kristoffer | lasse | leif | lene | linnea | lotta | magnus | malin | marianne
    marit | mattias | mette | mia | mikael | mikkel | morten | niklas | nils-erik | ola | ole | ove | øyvind | peder
    pelle | pernille | pia | rasmus | rune | sigrid | silje | siri | solveig | søren | staffan | stig | stine
    sunniva | susanna | svein | terje | therese | thor | torbjörn | tove | trine | trond | ulla | vidar | aino | aki
    anneli | antti | arto | eero | eeva | hanna | hannu | harri | heikki | heli | ilkka | jaakko | jari | jouni | juha
    juhani | jukka | jussi | kaisa | kari | kimmo | kirsi | kristiina | leena | liisa | marja | marjo | markku
    matti | mika | mikko | minna | nea | niina | olli | outi | päivi | pekka | petri | pirjo | raija | reijo | riikka
    riitta | risto | saara | sami | sanna | sari | satu | seppo | sini | sirpa | taina | tarja | teemu | tiina
    timo | tuija | tuomas | tuula | veikko | ville | adrianna | agata | agnieszka | aleksander | aleksandra | alicja
    andrzej | arkadiusz | artur | bartek | bartosz | beata | bogdan | bożena | damian | danuta | dariusz | darek
    dorota | edyta | elżbieta | ewa | ewelina | filip | gosia | grażyna | grzegorz | halina | iwona | izabela | jacek
    jadwiga | jakub | janusz | jarek | jarosław | jerzy | jolanta | kamil | karol | karolina | kasia | katarzyna
    kinga | krystyna | krzysiek | krzysztof | kuba | leszek | łukasz | maciej | maciek | magda | magdalena
    małgorzata | marcin | marek | mariusz | mateusz | michał | mirosław | oliwia | paulina | paweł | piotr | piotrek
    przemek | rafał | ryszard | sebastian | sławomir | stanisław | sylwia | szymon | tadeusz | tomasz | tomek
    urszula | wiesław | wiola | witold | wojciech | wojtek | zbigniew | zofia | zuzanna | alena | alžběta | aneta
    bohumil | bohuslav | dominika | eliška | františek | hana | honza | ilona | iveta | jana | jaroslav | jarmila
    jiří | jirka | jitka | kateřina | klára | kristýna | ladislav | lenka | libor | lubomír | luboš | ludmila
    markéta | milan | miloš | miroslav | ondřej | pavel | pavla | petr | přemysl | radek | radka | roman | růžena
    šárka | stanislav | štěpán | tereza | tomáš | vašek | václav | věra | veronika | viktor | vít | vladimír | vlasta
    vojtěch | zdeněk | zdenka | zuzana | александр | александра | алексей | алёна | алина | алла | анастасия
    андрей | анна | антон | аня | артём | борис | вадим | валентина | валерий | валерия | варвара | василий | вероника
    виктор | виктория | виталий | владимир | владислав | вячеслав | галина | георгий | григорий | даша | дарья
    денис | дима | дмитрий | евгений | евгения | екатерина | елена | елизавета | женя | иван | игорь | илья | инна
    ирина | катя | кирилл | ксения | леонид | лиза | лидия | людмила | максим | маргарита | марина | мария | маша
    михаил | настя | наталия | наталья | наташа | никита | николай | оксана | олег | оля | ольга | павел | паша | пётр
    полина | роман | руслан | саша | светлана | сергей | серёжа | станислав | степан | таня | тарас | татьяна
    тимур | фёдор | юлия | юля | юрий | яна | ярослав | андрій | богдан | валерій | василь | віктор | вікторія
    віталій | володимир | ганна | дарина | дмитро | євген | іван | ігор | ілля | інна | ірина | катерина | костянтин
    леся | лілія | марія | микола | михайло | мирослава | назар | наталка | наталя | олександр | олександра | олексій
    олена | остап | петро | поліна | світлана | сергій | соломія | софія | тетяна | юлія | юрій | ярина | ahmed
    ahmet | ali | ayşe | burak | cem | deniz | elif | emre | engin | esra | fatih | fatma | gökhan | hakan | hasan
    hüseyin | ibrahim | kemal | mehmet | merve | mustafa | mohammed | muhammad | murat | onur | özlem | selin | serkan
    sinan | tolga | tuğba | uğur | volkan | yusuf | zeynep | omar | fatima | hassan | khaled | layla | nadia | noor
    أحمد | محمد | فاطمة | خالد | سارة | ليلى | عمر | علي | يوسف | مريم | נועה | דוד | יעל | רונית | משה | אבי | שרה
    מיכל | aditya | akash | amit | amita | anand | anil | anjali | ankit | arjun | arun | ashok | deepak | deepa
    divya | gaurav | harish | kavita | kiran | kumar | lakshmi | manish | meera | mohan | neha | nikhil | nisha
    pooja | pradeep | priya | rahul | raj | rajesh | ravi | rohan | rohit | sandeep | sanjay | shreya | sunil | sunita
    suresh | vijay | vikram | hoa | hương | linh | minh | nga | ngọc | phương | quang | thảo | trang | tuấn | akiko
    haruto | hiroshi | kenji | naoki | satoshi | takeshi | yuki | yuko | wei | ying | jihoon | minsu
""")
    )
    | WORLD
)
