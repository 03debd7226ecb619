"""From the text of an expression to the intermediate form, typed against the declared fields."""

import ast
from typing import NoReturn

from rules.language.caret import caret
from rules.language.combine import arithmetic, comparison, negation
from rules.language.fields import YES_NO, Domain, Kind
from rules.language.form import And, CompareOp, Const, Definition, Expr, FieldRef, In, IsMissing, Not, Or, Value
from rules.language.guard import syntax_tree
from rules.language.presence import untested
from rules.language.scope import Scope
from rules.reading import Finding, InputError, Label, Place, closest, fail

MAX_NUMBER = 10**12

_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.FloorDiv: "//"}
_COMPARE: dict[type[ast.cmpop], CompareOp] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_REFUSED: dict[type[ast.AST], str] = {
    ast.Call: "a function call", ast.Attribute: "a dot", ast.Lambda: "a function", ast.Subscript: "an index",
    ast.JoinedStr: "a formatted text", ast.IfExp: "if … else", ast.NamedExpr: ":=", ast.Dict: "a map",
    ast.Set: "a set", ast.ListComp: "a loop", ast.SetComp: "a loop", ast.DictComp: "a loop",
    ast.GeneratorExp: "a loop", ast.Await: "await", ast.Yield: "yield", ast.Starred: "*",
    ast.Div: "/", ast.Pow: "**", ast.Mod: "%", ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>",
    ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&", ast.Invert: "~",
}  # fmt: skip
_INSTEAD: dict[type[ast.AST], str] = {
    ast.Div: "write // to divide and round down", ast.BitOr: "write or", ast.BitAnd: "write and", ast.Invert: "write not",
}  # fmt: skip
_PYTHON_WORDS = {"True": "write yes", "False": "write no", "None": "write `is absent` or `is unknown`"}


def parse_expression(text: str, place: Place, scope: Scope, expects: Kind | None = None, *, may_miss: bool = False) -> Expr:
    """Read an expression.

    Parameters
    ----------
    text : str
        The expression: comparisons, `and or not`, `+ - * //`, `in [...]`, `is absent`, `is unknown`, names.
    place : Place
        Where the scalar with the text begins.
    scope : Scope
        What the names mean. Warnings are added to `scope.findings`.
    expects : {'int', 'yes/no', 'one of'}, optional
        The type it must have.
    may_miss : bool
        Whether fields that may be missing can be used untested, as in a text for people.

    Raises
    ------
    InputError
        For anything that is not an expression of the language, or wrongly typed.
    """
    tree, cut = syntax_tree(text, place)
    reader = _Reader(text, place, scope, cut)
    expr = reader.expression(tree, top=True)
    if expects is not None and expr.domain.kind != expects:
        wanted = {"int": "a number", "yes/no": "a condition (yes or no)", "one of": "a value of an enum"}[expects]
        fail("wrong-type", f"{wanted} is needed here, and this is {_is(expr.domain)}", expr.place)
    if not may_miss and (findings := untested(expr, scope.present)):
        raise InputError(*findings)
    return expr


def declare_definition(
    scope: Scope, name: str, text: str, place: Place, label: Label | None = None, unit: str | None = None
) -> None:
    """Add a named expression to a scope; it is read when it is first used, or by `scope.declared`."""

    def read(whole: Scope) -> Definition:
        body = parse_expression(text, place, whole)
        return Definition(name, body, label or Label(nb=name.replace("_", " "), en=name.replace("_", " ")), unit)

    scope.declare(name, read, place)


def _is(domain: Domain) -> str:
    return {"int": "a number", "yes/no": "yes or no", "one of": "one of " + ", ".join(domain.values)}[domain.kind]


class _Reader:
    """Turns a syntax tree into the form; remembers the text for its carets."""

    def __init__(self, text: str, place: Place, scope: Scope, cut: int) -> None:
        self.text, self.start, self.scope, self.cut = text, place, scope, cut
        self.bytes = text[cut:].encode()

    def place(self, node: ast.expr) -> Place:
        return caret(self.start, self.text, self.cut + len(self.bytes[: node.col_offset].decode(errors="ignore")))

    def refuse(self, node: ast.expr, kind: ast.AST) -> NoReturn:
        what = _REFUSED.get(type(kind), "this")
        fail("not-in-language", f"{what} is not part of the language", self.place(node), _INSTEAD.get(type(kind)))

    def expression(self, node: ast.expr, *, top: bool = False) -> Expr:
        match node:
            case ast.Name():
                return self.name(node, top=top)
            case ast.Constant():
                return self.constant(node)
            case ast.Compare():
                return self.comparisons(node)
            case ast.BoolOp(op=op, values=values):
                items = tuple(self.condition(value) for value in values)
                return And(items, self.place(node)) if isinstance(op, ast.And) else Or(items, self.place(node))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.condition(operand), self.place(node))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return negation(self.expression(operand), self.place(node))
            case ast.BinOp(op=op) if type(op) in _ARITHMETIC:
                left, right = self.expression(node.left), self.expression(node.right)
                return arithmetic(_ARITHMETIC[type(op)], left, right, self.place(node))
            case ast.BinOp(op=op) | ast.UnaryOp(op=op):
                if isinstance(op, ast.UAdd):
                    fail("not-in-language", "a + must stand between two numbers", self.place(node))
                return self.refuse(node, op)
            case ast.List() | ast.Tuple():
                fail("not-in-language", "a list can only stand after `in`", self.place(node))
        return self.refuse(node, node)

    def condition(self, node: ast.expr) -> Expr:
        expr = self.expression(node)
        if expr.domain != YES_NO:
            fail("wrong-type", f"a condition (yes or no) is needed here, and this is {_is(expr.domain)}", expr.place)
        return expr

    def name(self, node: ast.Name, *, top: bool) -> Expr:
        place, name = self.place(node), node.id
        if name in ("yes", "no"):
            return Const(name == "yes", YES_NO, place)
        if name == "otherwise":
            if not top:
                fail("otherwise", "`otherwise` can only stand alone", place)
            return Const(True, YES_NO, place, "otherwise")
        if name in ("absent", "unknown"):
            fail("missing-word", f"`{name}` can only stand after `is`", place, f"write `… is {name}`")
        if name in ("true", "false"):
            fail("unknown-name", f"there is no {name!r}", place, "write yes or no")
        return self.scope.lookup(name, place)

    def constant(self, node: ast.Constant) -> Expr:
        place, value = self.place(node), node.value
        if isinstance(value, bool) or value is None:
            fail("not-in-language", f"{value} is not part of the language", place, _PYTHON_WORDS[str(value)])
        if isinstance(value, int):
            if value > MAX_NUMBER:
                fail("large-number", f"the number is larger than {MAX_NUMBER}", place)
            return Const(value, Domain("int", value, value), place)
        if isinstance(value, str):
            fail("text", f"the text {value[:40]!r} can only be compared with a field whose type is `one of`", place)
        what = "a decimal number" if isinstance(value, float) else "this kind of value"
        return fail("not-in-language", f"{what} is not part of the language", place, "use whole numbers")

    def comparisons(self, node: ast.Compare) -> Expr:
        terms = [node.left, *node.comparators]
        if any(isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn) for op in node.ops) and len(node.ops) > 1:
            fail("bad-chain", "`is` and `in` cannot stand in a chain of comparisons", self.place(node), "put brackets around it")
        found = tuple(self.one_comparison(left, op, right) for left, op, right in zip(terms, node.ops, terms[1:], strict=False))
        return found[0] if len(found) == 1 else And(found, self.place(node))

    def one_comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Expr:
        place = self.place(left)
        if isinstance(op, ast.Is | ast.IsNot):
            test = self.missing(left, right)
            return Not(test, place) if isinstance(op, ast.IsNot) else test
        if isinstance(op, ast.In | ast.NotIn):
            among = self.among(left, right)
            return Not(among, place) if isinstance(op, ast.NotIn) else among
        if self.is_value(left):
            other = self.expression(right)
            return comparison(_COMPARE[type(op)], self.value_of(left, other), other, place, self.scope.findings)
        first = self.expression(left)
        return comparison(_COMPARE[type(op)], first, self.value_of(right, first), place, self.scope.findings)

    def is_value(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) and isinstance(node.value, str)

    def value_of(self, node: ast.expr, other: Expr) -> Expr:
        """Read what is compared with `other`: a value of its enum when `other` is one."""
        domain = other.domain
        if domain.kind == "one of":
            if isinstance(node, ast.Constant):
                return Const(self.enum_value(node, domain), domain, self.place(node))
            if isinstance(node, ast.Name) and node.id in domain.values and node.id not in self.scope.names():
                fail("unknown-name", f"{node.id!r} is a value, not a name", self.place(node), f"write '{node.id}' in quotes")
        return self.expression(node)

    def enum_value(self, node: ast.Constant, domain: Domain) -> str:
        value = node.value
        if not isinstance(value, str) or value not in domain.values:
            written = repr(value)[:60]
            fail("unknown-value", f"{written} is none of its values: {', '.join(domain.values)}", self.place(node),
                 closest(value, domain.values) if isinstance(value, str) else None)  # fmt: skip
        return value

    def missing(self, left: ast.expr, right: ast.expr) -> Expr:
        word = right.id if isinstance(right, ast.Name) else ""
        if word not in ("absent", "unknown"):
            fail("bad-is", "after `is` only `absent` or `unknown` can stand", self.place(right), "write == to compare")
        found = self.expression(left)
        if not isinstance(found, FieldRef):
            fail("bad-is", f"only a field can be {word}", self.place(left))
        if found.field.may_be is None:
            fail("never-missing", f"{found.field.name!r} is never {word}: its field does not say `may_be: {word}`",
                 self.place(left))  # fmt: skip
        if found.field.may_be != word:
            fail("never-missing", f"{found.field.name!r} may be {found.field.may_be}, not {word}", self.place(right),
                 f"write `is {found.field.may_be}`")  # fmt: skip
        return IsMissing(found.field, found.field.may_be, self.place(left))

    def among(self, left: ast.expr, right: ast.expr) -> Expr:
        item = self.expression(left)
        if not isinstance(right, ast.List) or not right.elts:
            fail("bad-in", "after `in` a list of values must stand", self.place(right), "write `in [1, 2]`")
        options: list[Value] = []
        for element in right.elts:
            const = self.value_of(element, item)
            if not isinstance(const, Const):
                fail("bad-in", "only values written out can stand in a list", self.place(element))
            if const.domain.kind != item.domain.kind:
                fail("wrong-type", f"this is {_is(const.domain)}, compared with {_is(item.domain)}", const.place)
            if const.value in options:
                self.warn("repeated-value", f"{const.value} stands twice in the list", const.place)
            elif item.domain.kind == "int" and not item.domain.holds(const.value):
                self.warn("never", f"{const.value} is outside {item.domain}, so it never matches", const.place)
            options.append(const.value)
        return In(item, tuple(dict.fromkeys(options)), self.place(left))

    def warn(self, code: str, message: str, place: Place) -> None:
        self.scope.findings.append(Finding(code, message, place, severity="warning"))
