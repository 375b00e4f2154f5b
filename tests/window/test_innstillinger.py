"""The page of settings: the user's own, and those of an utvalg."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from desktop.documents.template import own_template
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Heading, ListBlock, ListItem, Run, Tree, paragraph
from desktop.rules.kinds import Maalform, Sakstype
from desktop.services.koe import utvalg_names
from desktop.services.utvalg_settings import load_settings, set_husregler
from desktop.viewmodels.preferences import Appearance, Preferences
from desktop.viewmodels.settings import phrases_model, posts_model, series_model
from desktop.viewmodels.targets import Place, Target
from desktop.views.ordered_table import select_place, selected_places
from desktop.views.pages.innstillinger import InnstillingerPage
from desktop.views.pages.innstillinger_lister import PhraseDialog, PostDialog, SeriesDialog
from desktop.views.pages.innstillinger_utvalg import UtvalgDialog
from desktop.views.theme import DARK, LIGHT, apply_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OWN, BODY, SERIES, POSTS, PHRASES, TEMPLATE, RULES = range(7)


@pytest.fixture
def page(qtbot, desk, tasks, preferences):
    preferences.set_text("bruker/navn", "Kari Prøve")
    made = InnstillingerPage(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1000, 640)
    made.load()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def show(page):
    def part(place):
        page.list.setCurrentRow(place)
        return (page.own, *page._of_utvalg())[place]

    return part


def held(page):
    key = page.utvalg.key()
    return page.desk.read(lambda session: load_settings(session, key))


def dialog_of(widget, kind):
    return next(one for one in widget.findChildren(kind) if one.isVisible())


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def typed(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("make", "name"),
    [(series_model, "serier"), (posts_model, "fastposter"), (phrases_model, "fraser")],
)
def test_that_every_list_is_a_sound_model(qtmodeltester, desk, make, name):
    key = desk.read(utvalg_names)[0][0]
    model = make()
    model.set_rows(getattr(desk.read(lambda s: load_settings(s, key)), name))
    assert model.rowCount() >= 1
    qtmodeltester.check(model)


def test_that_the_own_name_is_kept_and_stands_in_the_log_at_once(qtbot, page, show, desk):
    own = show(OWN)
    typed(qtbot, own.name, "Kari  Nordmann")
    assert Preferences(page.preferences.path).user_name() == "Kari Nordmann"
    body = show(BODY)
    typed(qtbot, body.place, "Torget 2")
    assert desk.archive.log(1)[0].user == "Kari Nordmann"


def test_that_nobody_is_without_a_name(qtbot, page, show):
    own = show(OWN)
    typed(qtbot, own.name, " ")
    assert "Skriv navnet ditt" in own.name_field.error.text()
    assert page.preferences.user_name() == "Kari Prøve"


def test_that_a_folder_is_chosen_and_set_back(qtbot, page, show, tmp_path, monkeypatch):
    own = show(OWN)
    usual = own.documents.path.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    press(qtbot, own.documents.choose_button)
    assert page.preferences.documents_folder() == tmp_path
    assert own.documents.path.text() == str(tmp_path)
    press(qtbot, own.documents.usual_button)
    assert own.documents.path.text() == usual
    assert page.preferences.text("mapper/dokumenter") == ""


def test_that_a_folder_that_has_gone_is_told_of(page, show, tmp_path):
    own = show(OWN)
    own.backups.keep(str(tmp_path / "borte"))
    assert own.backups.field.error.isVisible()
    assert "finnes ikke lenger" in own.backups.field.error.text()


def test_that_the_appearance_is_applied_at_once(qtbot, qapp, page, show):
    own = show(OWN)
    sheet = qapp.styleSheet()
    try:
        press(qtbot, own.appearance.button(2))
        assert page.preferences.appearance() is Appearance.DARK
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
        press(qtbot, own.appearance.button(1))
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window
    finally:
        apply_theme(qapp, Appearance.LIGHT)
        qapp.setStyleSheet(sheet)


@pytest.mark.parametrize(
    "case",
    [
        ("name", "Nasjonalt prøveråd", "navn"),
        ("definite", "Prøverådet", "bestemt"),
        ("short", "Prøve", "kortnavn"),
        ("pattern", "PS {nr:03}/{aar}", "saksnummermoenster"),
        ("place", "Torget 2", "standardsted"),
    ],
)
def test_that_a_field_counts_when_it_is_left_and_is_undone_alone(qtbot, page, show, case):
    field, text, name = case
    body = show(BODY)
    before = getattr(held(page), name)
    typed(qtbot, getattr(body, field), text)
    assert getattr(held(page), name) == text
    assert page.desk.undo_text() == "Endre utvalg"
    body.setFocus()
    page.desk.undo()
    assert getattr(held(page), name) == before


def test_that_times_are_read_as_people_type_them(qtbot, page, show):
    body = show(BODY)
    typed(qtbot, body.start, "kl 9")
    typed(qtbot, body.end, "1530")
    found = held(page)
    assert (found.standard_fra.hour, found.standard_til.minute) == (9, 30)
    assert body.end.text() == "1530"


@pytest.mark.parametrize(
    "case",
    [
        ("name", "navn", "", "kan ikke være tom"),
        ("start", "fra", "klokka ti", "er ikke et klokkeslett"),
        ("end", "til", "09.00", "er ikke etter starten"),
        ("pattern", "moenster", "{nr}", "{aar}"),
    ],
)
def test_that_what_is_wrong_is_said_at_the_field_and_nothing_changes(qtbot, page, show, case):
    field, key, text, sentence = case
    body = show(BODY)
    before = held(page)
    control = getattr(body, field)
    control.setFocus()
    control.selectAll()
    qtbot.keyClick(control, Qt.Key.Key_Delete)
    qtbot.keyClicks(control, text)
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert sentence in body.fields[key].error.text()
    assert control.text() == text
    assert held(page) == before


def test_that_the_pattern_shows_how_a_number_will_look_while_it_is_typed(qtbot, show):
    body = show(BODY)
    body.pattern.clear()
    qtbot.keyClicks(body.pattern, "PS {nr:03}/{aar2}")
    assert "sak PS 028/" in body.example.text()
    body.pattern.setText("{nr}{aar}")
    assert not body.example.isVisible()
    assert body.fields["moenster"].error.text()


def test_that_language_secretariat_and_deadline_count_at_once(qtbot, page, show):
    body = show(BODY)
    body.language.setFocus()
    qtbot.keyClick(body.language, Qt.Key.Key_Down)
    body.language.activated.emit(body.language.currentIndex())
    assert held(page).maalform is Maalform.NN
    body.secretariat.setCurrentIndex(2)
    body.secretariat.activated.emit(2)
    assert held(page).sekretariat_id == body.secretariat.key()
    body.days.setValue(7)
    body.days.editingFinished.emit()
    assert held(page).kommentarfrist_dager == 7


def test_that_a_new_utvalg_is_added_and_shown(qtbot, page, show):
    show(BODY)
    press(qtbot, page.new_button)
    dialog = dialog_of(page, UtvalgDialog)
    press(qtbot, dialog.save)
    assert "kan ikke være tom" in dialog.error.text()
    qtbot.keyClicks(dialog.name, "Nytt nynorskutval")
    dialog.language.choose(Maalform.NN)
    press(qtbot, dialog.save)
    assert page.utvalg.currentText() == "Nytt nynorskutval"
    assert page.body.name.text() == "Nytt nynorskutval"
    assert held(page).fastposter[2].tittel == "Orientering frå {sekretariat}"


def test_that_a_series_above_fixed_numbers_is_refused_in_the_dialog(qtbot, show):
    series = show(SERIES)
    place = [row.aar for row in series.model.rows()].index(2023)
    series.table.setFocus()
    select_place(series.table, place)
    qtbot.keyClick(series.table, Qt.Key.Key_Return)
    dialog = dialog_of(series, SeriesDialog)
    assert dialog.sak.value() == 17
    dialog.sak.setValue(40)
    press(qtbot, dialog.save)
    assert "Sak 17 i 2023 har allerede fått nummeret sitt" in dialog.error.text()
    dialog.sak.setValue(16)
    press(qtbot, dialog.save)
    assert series.model.row_at(place).foerste_sak == 16
    assert series.model.index(place, 3).data() == "fra sak 17, fra møte 3"


def test_that_a_series_for_another_year_is_added(qtbot, show, desk):
    series = show(SERIES)
    press(qtbot, series.add_button)
    dialog = dialog_of(series, SeriesDialog)
    dialog.year.setValue(2031)
    dialog.meeting.setValue(2)
    press(qtbot, dialog.save)
    assert (series.model.row_at(0).aar, series.model.row_at(0).foerste_moete) == (2031, 2)
    assert desk.undo_text() == "Sett nummerserie"


def test_that_a_fixed_post_is_added_changed_moved_and_removed(qtbot, page, show, desk):
    posts = show(POSTS)
    press(qtbot, posts.add_button)
    dialog = dialog_of(posts, PostDialog)
    qtbot.keyClicks(dialog.title, "Runde rundt bordet")
    dialog.minutes.setValue(20)
    press(qtbot, dialog.save)
    assert held(page).fastposter[-1].tittel == "Runde rundt bordet"
    posts.table.setFocus()
    select_place(posts.table, 4)
    qtbot.keyClick(posts.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert held(page).fastposter[3].tittel == "Runde rundt bordet"
    assert selected_places(posts.table) == [3]
    qtbot.keyClick(posts.table, Qt.Key.Key_Return)
    dialog = dialog_of(posts, PostDialog)
    dialog.phrase.setText("{utvalg} tok en runde.")
    press(qtbot, dialog.save)
    assert held(page).fastposter[3].frase == "{utvalg} tok en runde."
    qtbot.keyClick(posts.table, Qt.Key.Key_Delete)
    assert len(held(page).fastposter) == 4
    assert desk.undo_text() == "Endre faste poster"
    desk.undo()
    assert posts.model.row_at(3).tittel == "Runde rundt bordet"


def test_that_a_post_with_an_unknown_field_is_refused_in_the_dialog(qtbot, page, show):
    posts = show(POSTS)
    posts.add()
    dialog = dialog_of(posts, PostDialog)
    dialog.title.setText("Referat {når}")
    press(qtbot, dialog.save)
    assert dialog.isVisible()
    assert "felt som ikke finnes" in dialog.error.text()
    assert len(held(page).fastposter) == 4
    dialog.reject()


def test_that_a_post_is_dragged_to_another_place(page, show):
    posts = show(POSTS)
    model = posts.model
    first = model.row_at(0).tittel
    data = model.mimeData([model.index(0, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, QModelIndex())
    QApplication.processEvents()
    assert held(page).fastposter[2].tittel == first


def test_that_a_phrase_is_added_for_its_sakstype(qtbot, page, show):
    phrases = show(PHRASES)
    press(qtbot, phrases.add_button)
    dialog = dialog_of(phrases, PhraseDialog)
    dialog.kind.choose(Sakstype.BESLUTNING)
    qtbot.keyClicks(dialog.text, "{utvalg} vedtar planen.")
    press(qtbot, dialog.save)
    assert held(page).fraser[-1][1:] == (Sakstype.BESLUTNING, "{utvalg} vedtar planen.")
    phrases.add()
    dialog = dialog_of(phrases, PhraseDialog)
    press(qtbot, dialog.save)
    assert "frase kan ikke være tom" in dialog.error.text()
    dialog.reject()


def test_that_a_word_template_is_chosen_checked_and_taken_away(
    qtbot, page, show, tmp_path, monkeypatch
):
    template = show(TEMPLATE)
    path = tmp_path / "Rådets mal.docx"
    path.write_bytes(own_template())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(qtbot, template.choose_button)
    assert template.name.text() == "Malen er Rådets mal.docx."
    qtbot.waitUntil(lambda: bool(template.styles.text()), timeout=5000)
    assert template.styles.text() == "Malen har alle stilene som dokumentene bruker."
    press(qtbot, template.remove_button)
    assert template.name.text() == "Malen er Møteboks egen."
    page.desk.undo()
    assert held(page).mal_navn == "Rådets mal.docx"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"bare tekst", "Word-dokument"),
        (b"", "er tom"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 gammel", "gamle Word-formatet"),
        (None, "kan ikke brukes"),
    ],
)
def test_that_a_file_that_is_no_template_is_refused_in_place(
    page, show, tmp_path, content, sentence
):
    template = show(TEMPLATE)
    path = tmp_path / "mal.docx"
    if content is not None:
        path.write_bytes(content)
    template.use(path)
    assert template.notice.isVisible()
    assert sentence in template.notice.text.text()
    assert held(page).mal_navn is None


def test_that_house_rules_are_kept_when_the_text_is_left(qtbot, page, show, desk):
    rules = show(RULES)
    rules.text.setFocus()
    qtbot.keyClicks(rules.text, "Toppnotatet er to sider.")
    page.list.setFocus()
    assert plain_text(held(page).husregler) == "Toppnotatet er to sider."
    desk.undo()
    assert rules.text.toPlainText() == ""


def test_that_house_rules_with_more_than_plain_text_are_shown_and_not_flattened(show, page, desk):
    tree = Tree((Heading((Run("Form"),)), ListBlock((ListItem((paragraph("To sider"),)),))))
    rules = show(RULES)
    desk.do(set_husregler, utvalg_id=page.utvalg.key(), husregler=tree)
    assert rules.text.isReadOnly()
    assert "To sider" in rules.text.toPlainText()
    page.list.setFocus()
    rules.keep()
    assert held(page).husregler == tree


def test_that_another_utvalg_shows_its_own_settings(page, show):
    show(BODY)
    first = page.body.name.text()
    page.utvalg.setCurrentIndex(1)
    assert page.body.name.text() != first
    assert page.body.name.text() == held(page).navn
    assert page.where() == Target(Place.INNSTILLINGER, key=page.utvalg.key())


def test_that_a_target_opens_the_settings_of_an_utvalg(page, desk):
    second = desk.read(utvalg_names)[1][0]
    page.open(Target(Place.INNSTILLINGER, key=second))
    assert page.list.currentRow() == BODY
    assert page.utvalg.key() == second


def test_that_every_control_has_an_accessible_name(page, show):
    for place in range(page.list.count()):
        show(place)
        for field in page.findChildren(QLineEdit):
            inside = field.objectName().startswith("qt_")
            assert inside or field.accessibleName(), field
