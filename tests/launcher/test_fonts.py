"""Letters that the portal's own fonts have not: their fonts are installed where they are missing, and said to be where that cannot be done."""

import pytest

from launcher import prepare


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Without any fonts; what apt is asked for is listed."""
    asked: list[str] = []
    monkeypatch.setattr(prepare, "FONT_FOLDERS", (str(tmp_path / "fonts"),))
    monkeypatch.setattr(prepare, "VENV", tmp_path)
    monkeypatch.setattr(prepare, "can_apt", lambda: True)
    monkeypatch.setattr(prepare, "apt_install", lambda packages: bool(asked.extend(packages)) or True)
    return tmp_path, asked


def test_a_machine_with_the_libraries_and_without_the_fonts_is_given_them_once(machine):
    _, asked = machine
    prepare.install_fonts()
    prepare.install_fonts()
    assert asked == ["fonts-wqy-microhei", "fonts-symbola"]


def test_what_is_there_is_not_installed_again(machine):
    folder, asked = machine
    (folder / "fonts" / "truetype").mkdir(parents=True)
    (folder / "fonts" / "truetype" / "wqy-microhei.ttc").touch()
    prepare.install_fonts()
    assert asked == ["fonts-symbola"]


def test_where_nothing_can_be_installed_it_is_said_what_is_missing_and_the_portal_starts(machine, monkeypatch, capsys):
    monkeypatch.setattr(prepare, "can_apt", lambda: False)
    prepare.install_fonts()
    said = "".join(capsys.readouterr())
    assert "will be boxes in PDFs" in said
    assert "apt-get install --no-install-recommends fonts-wqy-microhei fonts-symbola" in said


def test_every_place_that_installs_for_pdfs_names_the_same_fonts():
    root = prepare.Path(__file__).parents[2]
    for file in ("Dockerfile", "portal"):
        assert all(package in (root / file).read_text() for package in prepare.PDF_PACKAGES), file
