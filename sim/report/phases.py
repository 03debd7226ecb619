"""What the phases of projects are called: those that have no name here are called by their id."""

PHASES = {
    "nb": {
        "waiting": "venter på planlegging eller tomt",
        "planning": "planlegging",
        "stakeholder_analysis": "interessentanalyse",
        "first_meeting": "første dialogmøte",
        "notice": "nabovarsel",
        "risk_analysis": "ROS-analyse",
        "second_meeting": "andre dialogmøte",
        "permit": "byggesak",
        "appeal": "klagebehandling",
        "emptying": "det gamle stedet tømmes",
        "building": "bygging",
        "base": "en enhet er personalbase",
        "contact_person": "kontaktperson for naboene",
    },
    "en": {
        "waiting": "waits for a place in planning or a plot",
        "stakeholder_analysis": "stakeholder analysis",
        "first_meeting": "first dialogue meeting",
        "notice": "neighbour notice",
        "risk_analysis": "risk analysis (ROS)",
        "second_meeting": "second dialogue meeting",
        "permit": "building application",
        "emptying": "the old site is emptied",
        "base": "a unit is a staff base",
        "contact_person": "contact person for neighbours",
    },
}


def phase_name(phase: str, lang: str) -> str:
    """Give the name of a phase in a language."""
    return PHASES[lang].get(phase, phase.replace("_", " "))
