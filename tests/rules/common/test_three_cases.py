"""Each rule has a case in which it is met, one in which it is unmet, and one in which a fact is missing.

The rules that the book of Synthetia adopts have theirs in `test_effects.py`, for its project; here are those on the
other machines and those of integrity, which no book adopts. A case is generated for each from one that meets the rule,
by what is changed in its paper, its file, the register, the book or the day. All of it is synthetic.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from attrs import field, frozen

from jcm_cycle import Case, Finding, Journal, Outcome, Role, Verdict, audit, evidence as ev, register
from jcm_cycle.days import Period
from jcm_cycle.rules import rules
from jcm_cycle.states import MACHINES, step_of
from tests.papers import BLOCK, BOTH, DAY, EARLIER, NOTIFIED, PERIOD, evidence, observed, opening

MET, UNMET, MISSING = Verdict.MET, Verdict.UNMET, Verdict.MISSING
SINCE = date(2021, 1, 1)
"""The first day of what the book of Synthetia is given for these cases."""


@frozen(kw_only=True)
class Try:
    """One act, and all that a rule may read of it.

    Attributes:
        step: the step at which the rule is judged.
        outcome: how it ends.
        state: where a list showed the case.
        before: what is on file: steps with their papers, all of one day.
        paper: fields of the evidence that are other than in good evidence.
        opened: fields of the opening that are other.
        known: facts of the register.
        complete: what the register knows all of.
        values: values of the book.
        book: whether there is one.
        by: who acts; None for a fact of which that is not known, judged in an audit.
        on: the day of the act.
    """

    step: str
    outcome: Outcome | None = None
    state: str
    before: tuple[tuple[str, ev.Evidence], ...] = ()
    paper: dict[str, Any] = field(factory=dict)
    opened: dict[str, Any] = field(factory=dict)
    known: tuple[Any, ...] = ()
    complete: tuple[str, ...] = ("numbers", "periods")
    values: dict[str, Any] = field(factory=dict)
    book: bool = True
    by: Role | None = Role.CLOCK
    on: date = DAY


WHOLE = register.Project(
    case="whole", registered=True, registered_on=EARLIER, documents=("1.0",), focal_point="Example Trading"
)
OTHER = register.Monitored(project="whole", case="other", period=PERIOD)
CHANGE = register.Changed(case="apply_change", project="case-1", effect="apply_change", approved=True, since=EARLIER)
VERIFIED = (
    ("submit_monitoring_report", ev.MonitoringReport(period=PERIOD)),
    (
        "conclude_verification",
        ev.VerificationReport(opinion="positive", amounts=(ev.YearAmount(year=2022, amount=10),)),
    ),
)
ISSUED = register.Credited(issuance="whole", side="ZZ", on=EARLIER)
CLOSED = ("record_use", ev.UseRecord(purpose="IMP"))
JAPAN_SPOKE = ("record_authorisation", ev.Authorisation(party="JP"))
HOST_SPOKE = ("record_authorisation", ev.Authorisation(party="ZZ"))
APPLIED = ev.DesignationApplication(
    entity="Example Entity", accreditation=ev.Accreditation(basis="ISO 14065", until=DAY)
)
RAN_OUT = attrs.evolve(APPLIED, accreditation=ev.Accreditation(basis="ISO 14065", until=EARLIER))
PAPER = ev.Document(version="1.0")
REVISED = {"kind": "post_registration_change", "design_document": PAPER, "validation_report": PAPER}
PROPOSED = (
    ("submit_proposal", ev.ProposalSubmission(proposal=ev.ProposedMethodology(title="Synthetic"))),
    ("check_proposal", ev.CompletenessConclusion(conclusion="complete")),
    ("close_public_inputs", ev.Elapsed(window="methodology.public_inputs", last_day=EARLIER)),
)
HOST = Role.HOST_AUTHORITY
LATE = date(2025, 1, 1)

Cases = tuple[Try, dict[Verdict, dict[str, Any]]]
CASES: dict[str, Cases] = {
    "common.rules_in_force": (
        Try(step="idea.submit_idea", state="new"),
        {UNMET: {"on": date(2020, 3, 2)}, MISSING: {"book": False}},
    ),
    "common.reference_never_reused": (
        Try(step="project.publish_pdd", state="submitted"),
        {UNMET: {"known": (register.Number(reference="ZZ001", case="other"),)}, MISSING: {"complete": ()}},
    ),
    "issuance.submit_monitoring_report.no_overlap": (
        Try(step="issuance.submit_monitoring_report", state="monitoring", known=(WHOLE,)),
        {UNMET: {"known": (WHOLE, OTHER)}, MISSING: {"complete": ()}},
    ),
    "issuance.submit_monitoring_report.period_over": (
        Try(step="issuance.submit_monitoring_report", state="monitoring"),
        {UNMET: {"on": PERIOD.end - timedelta(days=1)}},
    ),
    "issuance.submit_monitoring_report.not_across_2020": (
        Try(
            step="issuance.submit_monitoring_report",
            state="monitoring",
            values={"issuance.period_cut": {"value": date(2020, 12, 31)}},
        ),
        {UNMET: {"paper": {"period": Period(date(2020, 7, 1), date(2021, 6, 30))}}, MISSING: {"values": {}}},
    ),
    "issuance.conclude_verification.first_site_visit": (
        Try(
            step="issuance.conclude_verification",
            outcome=Outcome.POSITIVE,
            state="reported",
            paper={"site_visit": True},
        ),
        {UNMET: {"paper": {"site_visit": False}}, MISSING: {"paper": {"site_visit": None}}},
    ),
    "issuance.conclude_verification.pdd_version": (
        Try(
            step="issuance.conclude_verification",
            outcome=Outcome.POSITIVE,
            state="reported",
            known=(WHOLE,),
            paper={"document_versions": ("1.0",)},
        ),
        {UNMET: {"paper": {"document_versions": ("2.0",)}}, MISSING: {"paper": {"document_versions": None}}},
    ),
    "issuance.request_issuance.lines_sum": (
        Try(step="issuance.request_issuance", state="verified", before=VERIFIED),
        {UNMET: {"paper": {"amount": 9}}, MISSING: {"before": ()}},
    ),
    "issuance.request_issuance.account_open": (
        Try(
            step="issuance.request_issuance",
            state="verified",
            known=(WHOLE,),
            paper={"account_open": True, "signed_for": "Example Trading"},
        ),
        {UNMET: {"paper": {"account_open": False, "signed_for": "Example Trading"}}, MISSING: {"paper": {}}},
    ),
    "issuance.request_issuance.sd_report": (
        Try(
            step="issuance.request_issuance",
            state="verified",
            paper={"sd_report": ev.SustainableDevelopmentReport(form_version="01.0")},
        ),
        {MISSING: {"paper": {"sd_report": None}}},
    ),
    "issuance.decide_issuance.project_registered": (
        Try(step="issuance.decide_issuance", outcome=Outcome.NOTIFIED, state="under_consideration", known=(WHOLE,)),
        {UNMET: {"known": (attrs.evolve(WHOLE, registered=False),)}, MISSING: {"known": ()}},
    ),
    "issuance.decide_issuance.within_verified": (
        Try(step="issuance.decide_issuance", outcome=Outcome.NOTIFIED, state="under_consideration", before=VERIFIED),
        {
            UNMET: {"paper": {"lines": (*BOTH[:1], ev.AllocationLine(side="ZZ", amount=8))}},
            MISSING: {"before": ()},
        },
    ),
    "issuance.decide_issuance.sides_sum": (
        Try(step="issuance.decide_issuance", outcome=Outcome.NOTIFIED, state="under_consideration"),
        {UNMET: {"paper": {"amount": 11}}, MISSING: {"paper": {"lines": BOTH[:1]}}},
    ),
    "issuance.issue_credits.within_notified": (
        Try(step="issuance.issue_credits", outcome=Outcome.PARTLY, state="notified", before=(NOTIFIED,)),
        {UNMET: {"paper": {"amount": 8}}, MISSING: {"before": ()}},
    ),
    "methodology.submit_proposal.forms": (
        Try(
            step="methodology.submit_proposal",
            state="new",
            paper={"spreadsheet": ev.MethodologySpreadsheet(form_version="02.0")},
        ),
        {MISSING: {"paper": {"spreadsheet": None}}},
    ),
    "methodology.check_proposal.in_time": (
        Try(
            step="methodology.check_proposal",
            outcome=Outcome.COMPLETE,
            state="submitted",
            before=PROPOSED[:1],
            values={"methodology.completeness": {"value": 61, "unit": "calendar day"}},
        ),
        {UNMET: {"on": DAY + timedelta(days=1)}, MISSING: {"values": {}}},
    ),
    "methodology.decide_methodology.inputs_closed": (
        Try(
            step="methodology.decide_methodology",
            outcome=Outcome.APPROVED,
            state="under_consideration",
            before=PROPOSED,
            values={"methodology.public_inputs": {"value": 61, "unit": "calendar day"}},
        ),
        {UNMET: {"on": DAY - timedelta(days=1)}, MISSING: {"values": {}}},
    ),
    "methodology.decide_methodology.in_time": (
        Try(
            step="methodology.decide_methodology",
            outcome=Outcome.APPROVED,
            state="under_consideration",
            before=PROPOSED,
            values={"methodology.consideration": {"value": 61, "unit": "calendar day"}},
        ),
        {UNMET: {"on": LATE}, MISSING: {"values": {}}},
    ),
    "tpe.decide_designation.accreditation": (
        Try(
            step="tpe.decide_designation",
            outcome=Outcome.DESIGNATED,
            state="applied",
            before=(("apply_for_designation", APPLIED),),
        ),
        {UNMET: {"before": (("apply_for_designation", RAN_OUT),)}, MISSING: {"before": ()}},
    ),
    "change.request_change.validation_report": (
        Try(step="change.request_change", state="new", paper=REVISED),
        {MISSING: {"paper": {**REVISED, "validation_report": None}}},
    ),
    "project.apply_change.change_approved": (
        Try(step="project.apply_change", state="registered", known=(CHANGE,)),
        {UNMET: {"known": (attrs.evolve(CHANGE, approved=False),)}, MISSING: {"known": ()}},
    ),
    "transfer.record_authorisation.from_2021": (
        Try(step="transfer.record_authorisation", outcome=Outcome.PARTLY, state="unauthorised", by=HOST),
        {
            UNMET: {"opened": {"block": attrs.evolve(BLOCK, years=(2020,))}},
            MISSING: {"opened": {"block": attrs.evolve(BLOCK, years=None)}},
        },
    ),
    "transfer.record_authorisation.own_party": (
        Try(step="transfer.record_authorisation", outcome=Outcome.PARTLY, state="unauthorised", by=HOST),
        {UNMET: {"by": Role.JAPANESE_AUTHORITY}, MISSING: {"by": None}},
    ),
    "transfer.revoke_authorisation.by_giver": (
        Try(step="transfer.revoke_authorisation", state="partly_authorised", before=(HOST_SPOKE,), by=HOST),
        {UNMET: {"before": (JAPAN_SPOKE,)}, MISSING: {"by": None}},
    ),
    "transfer.record_use.still_open": (
        Try(step="transfer.record_use", state="first_transferred"),
        {UNMET: {"before": (CLOSED,)}},
    ),
    "transfer.record_use.both_parties": (
        Try(
            step="transfer.record_use",
            state="first_transferred",
            before=(JAPAN_SPOKE, HOST_SPOKE),
            paper={"purpose": "NDC"},
        ),
        {
            UNMET: {"before": (HOST_SPOKE,), "known": (register.Authorised(party="JP", since=LATE),)},
            MISSING: {"before": (HOST_SPOKE,)},
        },
    ),
    "transfer.split_block.amounts_sum": (
        Try(step="transfer.split_block", state="authorised"),
        {UNMET: {"paper": {"parts": (ev.BlockPart(case="a", amount=4), ev.BlockPart(case="b", amount=5))}},
         MISSING: {"opened": {"block": None}}},
    ),
    "th.project.submit_pdd.existing_member": (
        Try(step="project.submit_pdd", state="new", paper={"of_track": True}),
        {UNMET: {"paper": {"of_track": False}}, MISSING: {"paper": {}}},
    ),
    "vn.project.submit_pdd.translation": (
        Try(
            step="project.submit_pdd",
            state="new",
            paper={"ministry_supported": True, "translations": ("Lao", "Vietnamese")},
        ),
        {
            UNMET: {"paper": {"ministry_supported": True, "translations": ("Lao",)}},
            MISSING: {"paper": {"ministry_supported": True}},
        },
    ),
    "vn.tpe.complete_application.one_request": (
        Try(step="tpe.complete_application", state="returned"),
        {UNMET: {"before": (("complete_application", APPLIED),)}},
    ),
    "vn.transfer.record_authorisation.after_issuance": (
        Try(
            step="transfer.record_authorisation",
            state="unauthorised",
            by=HOST,
            known=(ISSUED,),
            paper={"object": "outcomes"},
        ),
        {UNMET: {"known": (attrs.evolve(ISSUED, on=LATE),)}, MISSING: {"known": ()}},
    ),
    "vn.transfer.record_first_transfer.not_revoked": (
        Try(step="transfer.record_first_transfer", state="authorised", paper={"approval_ended": False}),
        {UNMET: {"paper": {"approval_ended": True}}, MISSING: {"paper": {}}},
    ),
}  # fmt: skip
"""Each rule with a case that meets it, and what is changed in it so that it is unmet or that a fact is missing."""

NEVER = {
    (
        "issuance.submit_monitoring_report.period_over",
        MISSING,
    ): "a report has a period, and an act a day",
    ("issuance.request_issuance.sd_report", UNMET): "what is not attached is missing, and no report is a wrong one",
    ("methodology.submit_proposal.forms", UNMET): "what is not attached is missing, and no spreadsheet is a wrong one",
    ("change.request_change.validation_report", UNMET): "what is not attached is missing, and no report is a wrong one",
    ("vn.tpe.complete_application.one_request", MISSING): "how often it was completed is on file",
    ("transfer.record_use.still_open", MISSING): "what closed the block is on file or has not happened",
}
"""What a rule can never be, with the reason."""


def generated(rule: str, verdict: Verdict) -> Try:
    """Return the case of a rule with what is changed so that the verdict is this one."""
    base, changes = CASES[rule]
    return attrs.evolve(base, **changes.get(verdict, {}))


def book_of(world: Any, rule: str, tried: Try) -> Any:
    """Return the book of Synthetia with this rule alone, and with the values that the case gives it."""
    values = {name: {"since": SINCE, **value} for name, value in tried.values.items()}
    adopted = {} if rules()[rule].integrity is not None else {rule: {"since": SINCE}}
    return world.only(adopt=adopted, value=values) if tried.book else None


def judged(world: Any, rule: str, tried: Try, folder: Path) -> list[Finding]:
    """Return all that is found on the act, or on the fact in an audit where nobody is known to have acted."""
    step = step_of(tried.step)
    made = MACHINES[step.machine]
    answers = [Case.imported(made, "case-1", attrs.evolve(opening(made), **tried.opened), on=min(EARLIER, tried.on))]
    for name, paper in tried.before:
        answers.append(answers[-1].case.record(made.step(name).fact(on=EARLIER, evidence=paper)))
    paper = attrs.evolve(evidence(step, tried.outcome), **tried.paper)
    book, known = book_of(world, rule, tried), register.facts(*tried.known, complete=tried.complete)
    if tried.by is not None:
        case = observed(answers[-1].case, tried.state, on=min(EARLIER, tried.on))
        role = tried.by if tried.by in step.by else max(step.by)
        return list(case.attempt(step(paper, by=role, on=tried.on), rules=book, register=known).findings)
    answers.append(answers[-1].case.record(step.fact(on=tried.on, evidence=paper)))
    journal = Journal(folder / "journal.jsonl")
    for answer in answers:
        journal.append(answer)
    return list(audit(journal.entries(), rules=book, register=known).facts[-1].findings)


def test_every_rule_has_a_case_for_each_verdict(world: Any) -> None:
    """Or a reason why there can be none; a new rule without them fails here, by its name."""
    elsewhere = {row.rule for row in world.book().rows["adopt"]}
    ours = {id_ for id_ in rules() if ".zz" not in id_}
    assert CASES.keys() <= ours, "a case is of a rule that there is not"
    assert not CASES.keys() & elsewhere, "a rule has its cases twice"
    for rule in sorted(ours - elsewhere):
        assert rule in CASES, f"{rule} has no case in which it is met, unmet or missing"
        for verdict in (UNMET, MISSING):
            given, reason = verdict in CASES[rule][1], NEVER.get((rule, verdict))
            assert given != bool(reason), (
                f"{rule} has no case in which it is {verdict}, and no reason why there is none"
            )


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_met_unmet_or_missing_as_its_case_says(
    world: Any, rule: str, verdict: Verdict, tmp_path: Path
) -> None:
    """And where it is not met its sentence and what it read are shown; no rule fails."""
    if (rule, verdict) in NEVER:
        return
    findings = judged(world, rule, generated(rule, verdict), tmp_path)
    (found,) = [finding for finding in findings if finding.rule == rule]
    assert found.verdict is verdict, str(found)
    assert "error" not in found.facts
    assert found.sentence == rules()[rule].sentence
    assert found.sentence in str(found)
    assert found.facts


@pytest.mark.parametrize(("rule", "verdict"), NEVER)
def test_what_a_rule_can_never_be_it_is_in_no_case(
    world: Any, rule: str, verdict: Verdict, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In none of the cases of any rule at one of its steps, and in none of its own."""
    for other in CASES:
        for given in Verdict:
            tried = generated(other, given)
            if tried.step not in rules()[rule].steps:
                continue
            findings = judged(world, rule, tried, tmp_path_factory.mktemp("never"))
            assert [finding.verdict for finding in findings if finding.rule == rule] != [verdict]
