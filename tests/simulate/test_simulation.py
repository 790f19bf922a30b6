"""A simulated force: the same seed the same bytes, whole in itself, its truth to be found in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from linkgraph.errors import UsageError
from linkgraph.model.tables import TABLES
from linkgraph.simulate import simulate
from linkgraph.simulate.scenarios import SCENARIOS

SIZE = {"officers": 60, "months": 2, "seed": 3, "lookups_per_officer_month": 100}


class Force:
    """The files of a simulated force as frames of text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> pd.DataFrame:
        path = self.folder / f"{name}.csv"
        if not path.exists():
            return pd.read_parquet(self.folder / f"{name}.parquet").fillna("")
        return pd.read_csv(path, dtype=str, keep_default_na=False)

    def truth(self, name: str) -> pd.DataFrame:
        return Force(self.folder / "truth")[name]

    def misuse(self, scenario: str) -> tuple[pd.Series, pd.DataFrame]:
        """The first episode of a scenario, and its look-ups as the log has them."""
        episodes = self.truth("episodes")
        episode = episodes[episodes["scenario"] == scenario].iloc[0]
        marked = self.truth("misuse_lookups")
        own = marked[marked["episode_id"] == episode["episode_id"]]["lookup_id"]
        return episode, self["lookups"].merge(own, on="lookup_id")


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Force:
    folder = tmp_path_factory.mktemp("simulated") / "force"
    simulate(folder, **SIZE)  # type: ignore[arg-type]
    return Force(folder)


# ---- the whole --------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(force: Force, tmp_path: Path) -> None:
    again = simulate(tmp_path / "again", **SIZE)  # type: ignore[arg-type]
    for path in again.files:
        assert path.read_bytes() == (force.folder / path.relative_to(again.folder)).read_bytes()


def test_another_seed_gives_another_force(force: Force, tmp_path: Path) -> None:
    simulate(tmp_path / "other", **{**SIZE, "seed": 4})  # type: ignore[arg-type]
    assert set(force["persons"]["person_id"]) != set(
        Force(tmp_path / "other")["persons"]["person_id"]
    )


def test_files_are_tables_of_the_contract_and_the_truth_lies_apart(force: Force) -> None:
    top = [path for path in force.folder.iterdir() if path.is_file()]
    assert {path.stem for path in top} <= set(TABLES)
    assert {path.stem for path in (force.folder / "truth").iterdir()} == {
        "episodes",
        "misuse_lookups",
        "look_alikes",
        "look_alike_lookups",
        "simulation",
    }
    for path in top:
        columns = list(force[path.stem].columns)
        assert columns == [column.name for column in TABLES[path.stem].columns]


def test_no_table_tells_what_was_misuse(force: Force) -> None:
    for path in force.folder.iterdir():
        if path.is_file():
            text = path.read_bytes()
            assert b"E0001" not in text
            assert b"episode" not in text


def test_required_columns_are_filled_and_keys_are_single(force: Force) -> None:
    for name, table in TABLES.items():
        if not (force.folder / f"{name}.csv").exists():
            continue
        frame = force[name]
        for column in table.required:
            assert (frame[column] != "").all(), f"{name}.{column}"
        for group in table.one_of:
            assert (frame[list(group)] != "").any(axis=1).all(), name
        if table.key:
            assert not frame.duplicated(list(table.key)).any(), name
        for column in table.columns:
            if column.values:
                assert set(frame[column.name]) <= {*column.values, ""}, f"{name}.{column.name}"


REFERENCES = {
    "officer": ("officers", "officer_id"),
    "person": ("persons", "person_id"),
    "vehicle": ("vehicles", "vehicle_id"),
    "address": ("addresses", "address_id"),
    "organisation": ("organisations", "organisation_id"),
    "unit": ("units", "unit_id"),
    "case": ("cases", "case_id"),
    "account": ("accounts", "account_id"),
    "device": ("devices", "device_id"),
    "complaint": ("complaints", "complaint_id"),
    "lookup": ("lookups", "lookup_id"),
}


def test_every_reference_leads_to_a_row(force: Force) -> None:
    known = {kind: set(force[table][column]) for kind, (table, column) in REFERENCES.items()}
    for name, table in TABLES.items():
        if not (force.folder / f"{name}.csv").exists():
            continue
        frame = force[name]
        for column in table.columns:
            if column.entity in known:
                named = set(frame[column.name]) - {""}
                assert named <= known[column.entity], f"{name}.{column.name}"
        for pair in table.pairs:
            for kind, rows in frame.groupby(pair.kind):
                if kind in known:
                    assert set(rows[pair.id]) - {""} <= known[str(kind)], f"{name}.{pair.id}"


def test_intervals_begin_before_they_end(force: Force) -> None:
    for name, table in TABLES.items():
        if {"start", "end"} <= set(table.by_name) and (force.folder / f"{name}.csv").exists():
            frame = force[name]
            closed = frame[(frame["start"] != "") & (frame["end"] != "")]
            assert (closed["start"] < closed["end"]).all(), name


def test_names_can_be_written_in_the_agencies_code_page(force: Force) -> None:
    for name, column in (("persons", "name"), ("addresses", "text"), ("organisations", "name")):
        for text in force[name][column]:
            text.encode("cp950")


def test_identity_numbers_have_valid_check_digits(force: Force) -> None:
    letters = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))
    for number in force["persons"]["person_id"]:
        head = letters[number[0]]
        digits = [head // 10, head % 10, *map(int, number[1:])]
        weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
        assert sum(d * w for d, w in zip(digits, weights, strict=True)) % 10 == 0, number


# ---- proper work ------------------------------------------------------------------------


def test_the_volume_is_near_what_was_asked(force: Force) -> None:
    asked = 60 * 2 * 100
    assert 0.9 * asked < len(force["lookups"]) < 1.2 * asked


def test_most_proper_lookups_have_no_case_of_their_own(force: Force) -> None:
    log, subjects = force["lookups"], force["case_subjects"]
    workers = force["case_officers"]
    own = workers.merge(subjects, on="case_id")[["officer_id", "subject_kind", "subject_id"]]
    found = log.merge(own.drop_duplicates(), how="inner")
    assert 0.2 < len(found) / len(log) < 0.45


def test_every_system_and_kind_of_subject_is_asked_about(force: Force) -> None:
    log = force["lookups"]
    systems = {"vehicle", "person", "household", "criminal_record", "wanted", "mobile"}
    assert set(log["system"]) == systems
    assert set(log["subject_kind"]) == {"person", "vehicle", "phone", "address", "query"}
    assert 0.05 < log["purpose"].isin(["偵辦刑案", "公務查詢", "公務"]).mean() < 0.6


def test_lookups_lie_within_the_period_and_mostly_within_duty(force: Force) -> None:
    log = force["lookups"]
    assert log["at"].min() >= "2024-07-01"
    assert log["at"].max() < "2024-09-01"
    duties = force["duties"]
    duties = duties[~duties["kind"].isin(["leave", "off"])]
    joined = log[["lookup_id", "officer_id", "at"]].merge(duties, on="officer_id")
    inside = joined[(joined["start"] <= joined["at"]) & (joined["at"] < joined["end"])]
    assert 0.85 < inside["lookup_id"].nunique() / len(log) < 0.99


def test_duties_of_an_officer_do_not_overlap_and_begin_on_the_hour(force: Force) -> None:
    duties = force["duties"].sort_values(["officer_id", "start"])
    following = duties.groupby("officer_id")["start"].shift(-1).fillna("9999")
    assert (duties["end"] <= following).all()
    assert duties["start"].str.endswith(":00:00").all()
    assert duties["end"].str.endswith(":00:00").all()


def test_look_alikes_happen_in_numbers(force: Force) -> None:
    kinds = force.truth("look_alikes")["kind"].value_counts()
    for kind in (
        "busy_desk",
        "task_force",
        "vetting",
        "relative_in_stop",
        "friend_suspect",
        "monthly_visit",
        "leave_proxied",
        "neighbour_station_request",
        "innocent_complaint",
    ):
        assert kinds[kind] >= 1, kind
    marked = force.truth("look_alike_lookups")["lookup_id"]
    assert set(marked) <= set(force["lookups"]["lookup_id"])
    assert not set(marked) & set(force.truth("misuse_lookups")["lookup_id"])


# ---- misuse -----------------------------------------------------------------------------


def test_each_case_of_the_notice_is_planted_once(force: Force) -> None:
    episodes = force.truth("episodes")
    assert sorted(episodes["notice_case"]) == ["1090101", "1090102", "1090103", "1090104"]


def test_every_misuse_lookup_is_in_the_log(force: Force) -> None:
    marked = force.truth("misuse_lookups")
    assert set(marked["lookup_id"]) <= set(force["lookups"]["lookup_id"])
    counted = marked.groupby("episode_id").size()
    for row in force.truth("episodes").itertuples():
        assert int(row.lookups) == counted[row.episode_id] > 0


def test_the_den_is_his_friends_and_its_people_are_looked_up(force: Force) -> None:
    episode, lookups = force.misuse("den")
    assert set(lookups["officer_id"]) == {episode["officer_id"]}
    me = _person(force, episode["officer_id"])
    roles = force["organisation_roles"]
    of_den = roles[roles["organisation_id"] == episode["hub_id"]]
    owner = set(of_den[of_den["role"] == "owner"]["person_id"])
    assert owner & _tied(force, me)
    asked = set(lookups[lookups["subject_kind"] == "person"]["subject_id"])
    assert len(asked & set(of_den["person_id"])) >= 4
    assert {"criminal_record", "household"} <= set(lookups["system"])
    kind = force["organisations"].set_index("organisation_id").loc[episode["hub_id"], "kind"]
    assert kind == "tea house"


def test_the_quarrel_is_asked_for_by_a_colleague_on_leave_and_complained_of(force: Force) -> None:
    episode, lookups = force.misuse("quarrel")
    assert set(lookups["officer_id"]) == {episode["officer_id"]} != {episode["requester_id"]}
    plate = lookups[lookups["subject_kind"] == "vehicle"].iloc[0]
    assert plate["subject_id"] == episode["hub_id"]
    duties = force["duties"]
    his = duties[
        (duties["officer_id"] == episode["requester_id"])
        & (duties["start"] <= plate["at"])
        & (plate["at"] < duties["end"])
    ]
    assert set(his["kind"]) <= {"leave"}
    complaint = force["complaints"].set_index("complaint_id").loc[episode["complaint_id"]]
    assert complaint["officer_id"] == episode["requester_id"]
    assert complaint["vehicle_id"] == episode["hub_id"]
    assert complaint["incident_at"] < plate["at"] < complaint["at"]
    alerts = force["alerts"]
    assert episode["hub_id"] not in set(alerts[alerts["kind"] == "stolen"]["subject_id"])


def test_the_favours_are_for_a_friend_and_a_committee(force: Force) -> None:
    episode, lookups = force.misuse("favours")
    me = _person(force, episode["officer_id"])
    roles = force["organisation_roles"]
    committee = roles[roles["organisation_id"] == episode["hub_id"]]
    assert set(committee[committee["role"] == "chair"]["person_id"]) == {me}
    assert episode["other_hub_id"] in _tied(force, me)
    assert episode["other_hub_id"] in set(force["unit_ties"]["person_id"])
    asked = set(lookups["subject_id"])
    assert asked & set(committee[committee["role"] == "applicant"]["person_id"])
    assert "print" in set(lookups["output"])
    assert episode["officer_id"] == episode["requester_id"]
    borrowed = lookups[lookups["officer_id"] != episode["officer_id"]]
    assert set(borrowed["system"]) == {"mobile"}
    assert borrowed["officer_id"].nunique() == 1


def test_the_impostor_names_a_station_whose_number_it_is_not(force: Force) -> None:
    episode, lookups = force.misuse("call")
    assert len(lookups) == 2
    assert set(lookups["requester_unit_id"]) == {episode["hub_id"]}
    assert set(lookups["requester_id"]) == {""}
    number = lookups.iloc[0]["caller_phone_id"]
    assert number not in set(force["unit_phones"]["phone_id"])
    assert number in set(force["internal_calls"]["from_phone_id"])
    register = force["proxy_register"]
    assert not set(register["subject_id"]) & set(lookups["subject_id"]) or not set(
        register["agent_id"]
    ) & set(lookups["officer_id"])
    assert set(force["self_reports"]["lookup_id"]) <= set(lookups["lookup_id"])
    assert all("14" <= at[11:13] < "16" for at in lookups["at"])


def test_more_misuse_is_planted_at_a_higher_rate(tmp_path: Path) -> None:
    made = simulate(tmp_path / "x", **SIZE, misuse_rate=0.1)  # type: ignore[arg-type]
    scenarios = [episode["scenario"] for episode in made.episodes]
    assert len(scenarios) == 12
    assert set(scenarios) == {"den", "quarrel", "favours", "call"}


# ---- misuse of every kind, at a rate -------------------------------------------------------

WIDE = {"officers": 80, "months": 2, "seed": 5, "lookups_per_officer_month": 150}


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Force:
    """A force with so much misuse that every scenario is in it."""
    folder = tmp_path_factory.mktemp("wide") / "force"
    simulate(folder, **WIDE, rate=0.05)  # type: ignore[arg-type]
    return Force(folder)


def test_every_scenario_happens_and_its_lookups_are_in_the_period(wide: Force) -> None:
    episodes = wide.truth("episodes")
    assert set(episodes["scenario"]) == set(SCENARIOS)
    assert (episodes["lookups"].astype(int) > 0).all()
    assert episodes["first_at"].min() >= "2024-07-01"
    assert episodes["last_at"].max() < "2024-09-01"


def test_the_rate_is_the_share_of_lookups_that_are_misuse(tmp_path: Path, wide: Force) -> None:
    assert 0.04 < len(wide.truth("misuse_lookups")) / len(wide["lookups"]) < 0.07
    none = simulate(tmp_path / "none", **WIDE, rate=0)  # type: ignore[arg-type]
    assert not none.episodes
    quiet = Force(none.folder)
    assert len(quiet.truth("look_alikes")) > 30
    cases = quiet["cases"]
    assert set(cases["part_of"]) - {""} <= set(cases["case_id"])
    on_paper = cases[cases["begun_at"] != ""]
    assert (on_paper["begun_at"] < on_paper["opened_at"]).all()


def test_records_that_clear_the_honest_are_sometimes_there(wide: Force) -> None:
    alike = wide.truth("look_alikes")
    monthly = set(alike[alike["kind"] == "monthly_visit"]["subject_id"])
    registered = set(wide["visit_register"]["subject_id"])
    assert 0.3 < len(monthly & registered) / len(monthly) < 0.9
    records = wide["work_records"].set_index("record_id")
    several = wide["work_record_subjects"]
    assert set(records.loc[several["record_id"], "kind"]) == {"body_camera"}


def test_a_former_partner_is_looked_up_on_several_days_after_the_end(wide: Force) -> None:
    episode, lookups = wide.misuse("former_partner")
    assert set(lookups["officer_id"]) == {episode["officer_id"]}
    assert lookups["at"].str[:10].nunique() >= 3
    ties = wide["associations"]
    me = _person(wide, episode["officer_id"])
    ends = (ties["person_a_id"], ties["person_b_id"])
    between = {me, episode["hub_id"]}
    ended = ties[[{a, b} == between for a, b in zip(*ends, strict=True)]]
    assert (ended["end"] < "2024-07-01").all()


def test_a_wave_has_many_holders_and_each_looked_for_himself(wide: Force) -> None:
    _, lookups = wide.misuse("celebrity")
    assert lookups["officer_id"].nunique() >= 8
    marked = wide.truth("misuse_lookups").merge(lookups[["lookup_id", "officer_id"]])
    assert (marked["wanted_by"] == marked["officer_id"]).all()


def test_requests_are_spread_over_colleagues_of_the_one_who_asks(wide: Force) -> None:
    episode, lookups = wide.misuse("spread")
    assert lookups["officer_id"].nunique() >= 4
    assert episode["requester_id"] not in set(lookups["officer_id"])


def test_nobody_on_the_force_wanted_what_a_retired_officer_asked_for(wide: Force) -> None:
    episode, _ = wide.misuse("retired")
    marked = wide.truth("misuse_lookups")
    assert set(marked[marked["episode_id"] == episode["episode_id"]]["wanted_by"]) == {""}
    officers = wide["officers"].set_index("person_id")
    assert officers.loc[episode["other_hub_id"], "left_on"] < "2024-07-01"


def test_rights_of_an_earlier_post_were_not_withdrawn(wide: Force) -> None:
    _, lookups = wide.misuse("after_transfer")
    account = lookups["account_id"].iloc[0]
    rights = wide["rights"]
    assert set(lookups["system"]) <= set(rights[rights["account_id"] == account]["system"])
    assert "criminal_record" not in set(wide["role_rights"].query("role == 'admin'")["system"])


def test_at_a_rate_a_third_to_a_half_of_the_ties_behind_misuse_is_missing(wide: Force) -> None:
    other_end = {
        "tip_off": "other_hub_id",
        "tenants": "other_hub_id",
        "after_transfer": "hub_id",
        "former_partner": "hub_id",
    }
    known = [
        getattr(episode, other_end[str(episode.scenario)])
        in _tied(wide, _person(wide, str(episode.officer_id)))
        for episode in wide.truth("episodes").itertuples()
        if episode.scenario in other_end
    ]
    assert len(known) >= 15
    assert 0.3 < sum(known) / len(known) < 0.9


@pytest.mark.parametrize("rate", [-0.1, 0.5])
def test_a_rate_that_no_force_has_is_refused(tmp_path: Path, rate: float) -> None:
    with pytest.raises(UsageError, match="rate"):
        simulate(tmp_path / "x", **WIDE, rate=rate)  # type: ignore[arg-type]


# ---- the command's edges ----------------------------------------------------------------


def test_a_small_force_for_a_month_is_whole_enough_to_load(tmp_path: Path) -> None:
    made = simulate(
        tmp_path / "x",
        officers=20,
        months=1,
        seed=0,
        lookups_per_officer_month=30,
        start=date(2025, 2, 1),
    )
    assert made.rows["officers"] == 20
    assert made.rows["lookups"] > 300


@pytest.mark.parametrize("wrong", [{"officers": 3}, {"months": 0}, {"seed": -1}])
def test_a_size_out_of_range_is_said(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong))):
        simulate(tmp_path / "x", **{**SIZE, **wrong})  # type: ignore[arg-type]


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "lookups.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"lookups\.csv"):
        simulate(tmp_path, **SIZE)  # type: ignore[arg-type]
    assert (tmp_path / "lookups.csv").read_text(encoding="utf-8") == "mine"


def test_simulating_into_the_same_folder_replaces_the_earlier_force(tmp_path: Path) -> None:
    small = {"officers": 20, "months": 1, "seed": 1, "lookups_per_officer_month": 30}
    simulate(tmp_path / "x", as_exports=True, **small)  # type: ignore[arg-type]
    made = simulate(tmp_path / "x", **small)  # type: ignore[arg-type]
    left = {p.name for p in (tmp_path / "x").iterdir() if p.is_file()}
    assert left == {p.name for p in made.files if p.parent == made.folder}


def _person(force: Force, officer: str) -> str:
    return str(force["officers"].set_index("officer_id").loc[officer, "person_id"])


def _tied(force: Force, person: str) -> set[str]:
    ties = force["associations"]
    return set(ties[ties["person_a_id"] == person]["person_b_id"]) | set(
        ties[ties["person_b_id"] == person]["person_a_id"]
    )
