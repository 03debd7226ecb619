"""One replication: a pure function of (scenario, seed, k)."""

from sim.replication.explanation import explain_decision
from sim.replication.replicate import ReplicationResult, replicate, simulate

__all__ = ["ReplicationResult", "explain_decision", "replicate", "simulate"]
