from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import load_settings
from index import IndexSettings, SettingsError


def fault(config: Path | None, environ: dict[str, str] | None = None) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load_settings(config, environ or {})
    return caught.value


def written(home: Path, text: str) -> Path:
    path = home / "some.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_and_variables_the_defaults_apply() -> None:
    assert load_settings(None, {}).index == IndexSettings()


def test_a_named_file_is_read(home: Path) -> None:
    config = written(home, '[index]\nreader = "none"\nthreads = 3\n')
    settings = load_settings(config, {})
    assert (settings.index.reader, settings.index.threads) == ("none", 3)


def test_config_toml_of_the_working_folder_comes_before_the_persons_own(home: Path) -> None:
    own = Path(os.environ["XDG_CONFIG_HOME"]) / "cuttings"
    own.mkdir(parents=True)
    (own / "config.toml").write_text("[index]\nthreads = 1\n", "utf-8")
    assert load_settings(None, {}).index.threads == 1
    (home / "config.toml").write_text("[index]\nthreads = 2\n", "utf-8")
    assert load_settings(None, {}).index.threads == 2


def test_a_variable_overrides_its_key_and_leaves_the_others(home: Path) -> None:
    config = written(home, '[index]\nreader = "none"\nthreads = 3\n')
    settings = load_settings(config, {"CUTTINGS_INDEX__THREADS": "5", "PATH": "/bin"})
    assert (settings.index.reader, settings.index.threads) == ("none", 5)


def test_the_variables_for_options_are_no_settings() -> None:
    environ = {"CUTTINGS_CONFIG": "c.toml", "CUTTINGS_DATA": "d"}
    assert load_settings(None, environ).index == IndexSettings()


def test_an_unknown_key_is_refused_with_its_line_and_the_nearest_key(home: Path) -> None:
    config = written(home, '# mine\n[index]\nthreads = 1\nencodr = "x"\n')
    error = fault(config)
    assert str(error) == f"encodr in {config}, line 4, is not a setting of [index]."
    assert "Did you mean encoder?" in error.hint


def test_an_unknown_table_is_refused_with_the_nearest_table(home: Path) -> None:
    config = written(home, "[indx]\nthreads = 1\n")
    error = fault(config)
    assert str(error) == f"[indx] in {config}, line 1, is not a table of settings."
    assert "Did you mean [index]?" in error.hint


def test_a_key_outside_its_table_is_refused_with_the_table_it_belongs_to(home: Path) -> None:
    config = written(home, 'encoder = "x"\n')
    error = fault(config)
    assert str(error) == f"encoder in {config}, line 1, is not a setting."
    assert "Did you mean encoder under [index]?" in error.hint


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("CUTTINGS_INDEX__ENCODR", "CUTTINGS_INDEX__ENCODER"),
        ("CUTTINGS_ENCODER", "CUTTINGS_INDEX__ENCODER"),
        ("CUTTINGS_INDEX_THREADS", "CUTTINGS_INDEX__THREADS"),
        ("CUTTINGS_DATTA", "CUTTINGS_DATA"),
    ],
)
def test_an_unknown_variable_is_refused_with_the_nearest(name: str, nearest: str) -> None:
    error = fault(None, {name: "x"})
    assert str(error) == f"The environment variable {name} is not a setting."
    assert f"Did you mean {nearest}?" in error.hint


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            'threads = "many"',
            "threads in {}, line 2, cannot be 'many'. It has to be a whole number.",
        ),
        ("threads = -1", "threads in {}, line 2, cannot be -1. It has to be 0 or more."),
        ("threads = 1.5", "threads in {}, line 2, cannot be 1.5. It has to be a whole number."),
        (
            'reader = "fast"',
            "reader in {}, line 2, cannot be 'fast'. "
            "It has to be 'packaged', 'none' or 'huggingface'.",
        ),
        ("encoder = 3", "encoder in {}, line 2, cannot be 3. It has to be text in quotes."),
        (
            "download_models = 'perhaps'",
            "download_models in {}, line 2, cannot be 'perhaps'. It has to be true or false.",
        ),
    ],
)
def test_a_bad_value_is_refused_with_what_is_expected(home: Path, line: str, message: str) -> None:
    config = written(home, f"[index]\n{line}\n")
    assert str(fault(config)) == message.format(config)


def test_a_bad_value_of_a_variable_is_refused_by_the_variables_name(home: Path) -> None:
    config = written(home, "[index]\nthreads = 1\n")
    error = fault(config, {"CUTTINGS_INDEX__THREADS": "many"})
    assert str(error) == (
        "The environment variable CUTTINGS_INDEX__THREADS cannot be 'many'. "
        "It has to be a whole number."
    )


def test_a_setting_where_a_table_belongs_is_refused(home: Path) -> None:
    config = written(home, "index = 3\n")
    assert str(fault(config)) == f"[index] in {config}, line 1, cannot be 3. It has to be a table."


def test_a_slip_in_the_syntax_is_told_with_its_line(home: Path) -> None:
    error = fault(written(home, "[index]\nencoder = some-model\n"))
    assert "is not valid TOML" in str(error)
    assert "line 2" in str(error)
    assert error.hint


def test_a_named_file_that_does_not_exist_is_an_error(home: Path) -> None:
    assert str(fault(home / "no.toml")) == f"There is no configuration file {home / 'no.toml'}."


def test_a_folder_or_a_file_in_another_encoding_is_no_configuration(home: Path) -> None:
    assert "cannot be read" in str(fault(home))
    path = home / "latin.toml"
    path.write_bytes("[index]\nencoder = 'é'\n".encode("latin-1"))
    assert "is not UTF-8 text" in str(fault(path))


def test_a_byte_order_mark_does_no_harm(home: Path) -> None:
    path = home / "notepad.toml"
    path.write_text("[index]\nthreads = 2\n", "utf-8-sig")
    assert load_settings(path, {}).index.threads == 2


def test_a_token_that_cannot_be_one_is_not_shown(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[bot]\ntoken = 123456789012\n", "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(config, {})
    assert "token in " in str(caught.value)
    assert "123456789012" not in f"{caught.value} {caught.value.hint}"


def test_settings_are_printed_without_the_token() -> None:
    settings = load_settings(None, {"CUTTINGS_BOT__TOKEN": "123456789:AAsecretsecretsecret"})
    assert settings.bot.token.get_secret_value().endswith("secret")
    assert "secretsecret" not in f"{settings!r} {settings}"
