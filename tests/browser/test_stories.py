"""The main paths, as people take them: on a phone without JavaScript, and on a desk with it."""

# A picture from the clipboard, with words beside it or without: whether the page takes it, so that nothing else does.
PASTE = """async (words) => {
    const drawn = await new Promise((done) => document.createElement("canvas").toBlob(done));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([drawn], "image.png", { type: "image/png" }));
    if (words) clipboardData.setData("text/plain", words);
    const pasting = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    return !document.getElementById("body").dispatchEvent(pasting);
}"""


def test_somebody_signs_in_writes_what_they_did_and_signs_out(ada, arrive):
    stranger = arrive().go("/sign-in").write("Your e-mail address", ada.owner.email).press("Mail me a link")
    assert ada.owner.email in stranger.page.inner_text("main")
    owner = arrive(ada.owner)
    owner.to("Today").write("What did you get done today?", "Wove a pattern\n! No thread left").press("Add")
    assert "Wove a pattern" in owner.page.inner_text("main")
    owner.to("Teams").follow("Team of Ada")
    assert "No thread left" in owner.page.inner_text("main")
    assert (stranger.complaints, owner.complaints) == ([], [])


def test_an_edition_is_written_published_and_taken_back(ada, arrive):
    owner = arrive(ada.owner)
    owner.to("Newsletters").follow("Letters of Ada").follow("New edition")
    owner.write("Subject", "Of patterns").write("Letter", "# Dear reader\n\nIt weaves.").press("Save")
    assert owner.page.locator("h1").inner_text() == "Of patterns"
    owner.press("Publish to 1 subscriber")
    anyway = owner.page.get_by_role("button", name="Publish it as it is")
    if anyway.is_visible():
        anyway.click()
    assert "About to be sent" in owner.page.inner_text("main")
    owner.press("Undo")
    assert owner.page.get_by_role("link", name="Edit", exact=True).is_visible()
    assert owner.complaints == []


def test_a_picture_is_pasted_into_a_letter_and_words_stay_words(ada, visit):
    owner = visit(ada.owner).go(f"/publications/{ada.publication}/editions/new")
    assert not owner.page.evaluate(PASTE, "words, and a picture of them")
    assert owner.page.evaluate(PASTE, "")
    owner.write("What it shows", "A loom").press("Upload it")
    owner.page.get_by_text("It stands in the letter.").wait_for()
    assert "![A loom](http" in owner.page.get_by_role("textbox", name="Letter", exact=True).input_value()


def test_a_file_of_people_is_uploaded_named_and_checked(ada, arrive):
    owner = arrive(ada.owner)
    owner.to("Imports").follow("Import a file")
    people = {"name": "people.csv", "mimeType": "text/csv", "buffer": b"mail,name\nmary@example.com,Mary\n"}
    owner.page.get_by_label("File").set_input_files(people)
    owner.press("Upload")
    assert owner.page.get_by_label("What mail is").input_value() == "email"
    owner.press("Check every row")
    assert "people.csv" in owner.page.inner_text("h1")
    assert owner.complaints == []


def test_a_segment_is_tried_out_and_kept(ada, arrive):
    owner = arrive(ada.owner)
    owner.to("Segments").follow("New segment")
    owner.page.get_by_label("Who is meant").first.fill('email contains "reader"')
    owner.press("Show them")
    assert "reader.of.ada@example.com" in owner.page.inner_text("#found")
    owner.write("Name", "Readers").press("Save the segment")
    assert owner.page.locator("h1").inner_text() == "Readers"
    assert owner.complaints == []
