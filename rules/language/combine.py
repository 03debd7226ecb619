"""Joining typed parts: arithmetic with its range, comparisons that can go either way."""

from rules.language.fields import Domain
from rules.language.form import AmountRef, Arith, ArithOp, Compare, CompareOp, Const, Expr
from rules.language.units import unit_clash
from rules.reading import Finding, Place, fail

#: No intermediate result may grow beyond this.
LARGEST = 10**15

_OF_TIME = frozenset({"days", "weeks", "months", "years"})

_SWAP: dict[CompareOp, CompareOp] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def swapped(op: CompareOp) -> CompareOp:
    """Give the comparison that says the same with its sides exchanged."""
    return _SWAP[op]


def calculate(op: str, left: int, right: int) -> int:
    """Calculate with two integers; ``//`` rounds down."""
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left // right


def compare(op: CompareOp, left: object, right: object) -> bool:
    """Compare two values of one type."""
    if op == "==":
        return left == right
    if op == "!=":
        return left != right
    assert isinstance(left, int) and isinstance(right, int)
    match op:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
    return left >= right


def arithmetic(op: ArithOp | str, left: Expr, right: Expr, place: Place) -> Expr:
    """Join two integers; constants are calculated at once, and the range follows by interval arithmetic.

    Raises
    ------
    InputError
        For parts that are no numbers, sums and differences of different units, a divisor that is not a constant
        other than zero, and results that may grow beyond `LARGEST`.
    """
    for part in (left, right):
        if part.domain.kind != "int":
            fail("wrong-type", f"{op} needs numbers, and this is {part.domain}", part.place)
    if op in ("+", "-"):
        _refuse_clash(left, right, "added to" if op == "+" else "taken from", swap=op == "-")
    if op == "//" and (not isinstance(right, Const | AmountRef) or right.domain.lo == 0):
        what = "zero" if isinstance(right, Const | AmountRef) else "something that may be zero"
        fail("division", f"this divides by {what}", right.place, "divide by a number written out, or by an amount, not 0")
    ends = [calculate(op, a, b) for a in (left.domain.lo, left.domain.hi) for b in (right.domain.lo, right.domain.hi)]
    domain = Domain("int", min(ends), max(ends))
    if max(-domain.lo, domain.hi) > LARGEST:
        fail("large-number", f"the result may grow beyond {LARGEST}", place)
    if isinstance(left, Const) and isinstance(right, Const):
        return Const(domain.lo, domain, place)
    return Arith(op, left, right, domain, place)  # type: ignore[arg-type]


def negation(item: Expr, place: Place) -> Expr:
    """Give minus a number."""
    return arithmetic("-", Const(0, Domain("int", 0, 0), place), item, place)


def comparison(op: CompareOp, left: Expr, right: Expr, place: Place, findings: list[Finding]) -> Expr:
    """Join two values by a comparison.

    A comparison that the declared ranges decide is kept, and a warning is added to `findings`.

    Raises
    ------
    InputError
        For parts of different types or units, enums without a common value, and orders of what has none.
    """
    a, b = left.domain, right.domain
    if a.kind != b.kind:
        fail("wrong-type", f"{_kind(a)} is compared with {_kind(b)}", right.place)
    _refuse_clash(left, right, "compared with")
    if a.kind != "int" and op not in ("==", "!="):
        fail("no-order", f"{op} needs numbers, and this is {_kind(a)}", left.place, "compare with == or !=")
    if a.kind == "one of" and not set(a.values) & set(b.values):
        fail("unknown-value", f"the two never agree: {', '.join(a.values)} and {', '.join(b.values)}", right.place)
    if isinstance(left, Const) and isinstance(right, Const):
        fail("constant", "two written values are compared, so the answer is always the same", place)
    verdict = _decided(op, a, b) if a.kind == "int" else None
    if verdict is not None:
        word = "true" if verdict else "false"
        message = f"this is always {word} within the declared ranges: {a} {op} {b}"
        findings.append(Finding(f"always-{word}", message, place, severity="warning"))
    return Compare(op, left, right, place)


def _refuse_clash(left: Expr, right: Expr, verb: str, *, swap: bool = False) -> None:
    clash = unit_clash(left, right)
    if clash is not None:
        one, other = reversed(clash) if swap else clash
        hint = f"declare the two in one unit, {clash[0]} or {clash[1]}"
        if set(clash) <= _OF_TIME:
            hint += "; a field that counts time counts in the unit it declares"
        fail("unit-mismatch", f"{one} are {verb} {other}", right.place, hint)


def _kind(domain: Domain) -> str:
    return {"int": "a number", "yes/no": "yes or no", "one of": "one of " + ", ".join(domain.values)}[domain.kind]


def _decided(op: CompareOp, a: Domain, b: Domain) -> bool | None:
    if op in (">", ">="):
        return _decided(swapped(op), b, a)
    if op in ("==", "!="):
        if a.hi < b.lo or b.hi < a.lo:
            return op == "!="
        return (op == "==") if a.lo == a.hi == b.lo == b.hi else None
    if op == "<":
        return True if a.hi < b.lo else False if a.lo >= b.hi else None
    return True if a.hi <= b.lo else False if a.lo > b.hi else None
