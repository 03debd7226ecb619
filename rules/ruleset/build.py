"""From the records of a rule set to its rules, as typed expressions in force on a date."""

import dataclasses

from rules.reading import InputError
from rules.ruleset.model import Transition, Version
from rules.ruleset.rule_reading import ALL, APPLICANT
from rules.ruleset.track_reading import TrackReader


class VersionBuilder(TrackReader):
    """Reads the rules in force on one date: see `RuleReader`. `build` raises the mistakes found, together."""

    def build(self) -> Version:
        """Give the rules.

        Raises
        ------
        InputError
            With every mistake found in the rules of this date.
        """
        names = [*self._declare_definitions(), *self._declare_tables(), *self._declare_lookups()]
        named = {}
        for name in names:
            try:
                named[name] = self.scope.declared(name, self.tree.place)
            except InputError as error:
                self.findings += error.findings
        offers, tenancy = self.record.offers, self.record.tenancy
        claims = self._claims()
        version = Version(
            since=self.since,
            amounts=dict(self.scope.amounts),
            named=named,
            named_basis=self.basis,
            scope=self._rules("scope", ("scope",), self.record.scope, APPLICANT),
            eligibility=self._rules("eligibility", ("eligibility",), self.record.eligibility, APPLICANT),
            exclusion=self._rules("exclusion", ("exclusion",), self.record.exclusion, APPLICANT),
            matching=self._rules("matching", ("matching",), self.record.matching, ALL),
            living_environment=self._rules("living_environment", ("living_environment",), self.record.living_environment, ALL),
            priority=(*(self._claim(*claim) for claim in claims), *self._criteria(("priority",), self.record.priority)),
            reply_days=self._number(("offers", "reply_days"), offers.reply_days, "days"),
            declined=self._declined((), offers),
            term_months=self._number(("tenancy", "term_months"), tenancy.term_months, "months"),
            renewal=self._rules("renewal", ("tenancy", "renewal"), tenancy.renewal, ALL),
            warning=self._one_trigger((), "warning", tenancy),
            notice=self._one_trigger((), "notice", tenancy),
            moves=self._rules("moves", ("moves",), self.record.moves, ALL),
            holds=self._holds((), self.record.holds),
            temporary=self._rules("temporary", ("temporary",), self.record.temporary, APPLICANT),
            transition=self._transition(),
            quotas=self._quotas(claims),
            counted=tuple(self.counted),
        )
        version = dataclasses.replace(self._with_tracks(version), discretions=tuple(self.discretions))
        self.findings += self.scope.findings
        errors = [finding for finding in self.findings if finding.severity == "error"]
        if errors:
            raise InputError(*dict.fromkeys(errors))
        return version

    def _transition(self) -> Transition:
        written = self.record.transition
        if isinstance(written, str):
            return written
        return "decision_date" if self.since is None else written.get(self.since, "decision_date")
