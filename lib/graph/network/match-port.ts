import { amount, type JsonRecord, text } from "../../model/json";
import type { Endpoint, Target } from "./endpoint";
import type { Matched } from "./matched";

/** A port number, or a name that is looked up on the pod that receives the connection; null = what its ports are called is not known. */
export function matchesPortName(port: unknown, target: Target, receiver: Endpoint): Matched {
  if (typeof port === "number") return port === target.port;
  if (receiver.kind === "absent") return null;
  return receiver.namedPorts.some((named) => named.name === port && named.port === target.port && named.protocol === target.protocol);
}

/** One item of `ports` of a NetworkPolicy rule. */
export function matchesPort(item: JsonRecord, target: Target, receiver: Endpoint): Matched {
  if ((text(item.protocol) ?? "TCP") !== target.protocol) return false;
  if (item.port === undefined || item.port === null) return true;
  const endPort = amount(item.endPort);
  if (endPort !== undefined && typeof item.port === "number") return target.port >= item.port && target.port <= endPort;
  return matchesPortName(item.port, target, receiver);
}
