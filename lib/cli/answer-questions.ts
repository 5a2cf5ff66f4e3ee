import { answerConnectionIn } from "../graph/network/answer-connection";
import { LAST_PORT, PROTOCOLS } from "../graph/network/port-span";
import type { Answer } from "../graph/reason";
import { answerAccess } from "../graph/rbac/answer-access";
import { rbacIndexView } from "../graph/rbac/rbac-index";
import type { SliceName } from "../inventory/slices";
import type { Context } from "../inventory/view";
import { type JsonRecord, record, text, texts } from "../model/json";
import { messageOf } from "../model/message-of";

function cannotTell(message: string): Answer {
  return { allowed: null, because: [{ message }] };
}

function toOptional<K extends string>(question: JsonRecord, names: readonly K[]): { [N in K]?: string } {
  const entries = names.flatMap((name) => {
    const value = text(question[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries) as { [N in K]?: string }; // safe: the entries are strings under these names
}

const OF_RESOURCE = ["resource", "group", "subresource", "name", "namespace"] as const;
const ACCESS_TEXTS = [...OF_RESOURCE, "path"] as const;

/** What is there and cannot be read is no part that was left out: the answer would be to another question. */
function findOdd(question: JsonRecord, names: readonly string[]): string | undefined {
  return names.find((name) => question[name] !== undefined && question[name] !== null && typeof question[name] !== "string");
}

function answerAccessQuestion(question: JsonRecord, context: Context<SliceName>): Answer {
  const [user, verb] = [text(question.user), text(question.verb)];
  if (!user || !verb) return cannotTell("An access question needs user and verb.");
  const odd = findOdd(question, ACCESS_TEXTS);
  if (odd !== undefined) return cannotTell(`The ${odd} of an access question is a text.`);
  const groups = question.groups ?? [];
  if (!Array.isArray(groups) || texts(groups).length !== groups.length) return cannotTell("The groups of an access question are a list of names.");
  const optional = toOptional(question, ACCESS_TEXTS);
  if (!optional.resource && !optional.path) return cannotTell("An access question needs a resource or a path.");
  // The API server refuses such a review: no request is about both.
  const beside = optional.path ? OF_RESOURCE.find((name) => optional[name]) : undefined;
  if (beside !== undefined) return cannotTell(`An access question is about a path or a resource: it has a ${beside} beside its path.`);
  return answerAccess(context.view(rbacIndexView), { kind: "access", user, verb, groups: texts(groups), ...optional }, context.isComplete);
}

/** A number, also as a text, or the name of a port of the receiving pod; null = neither. */
function readPort(value: unknown): number | string | null {
  const port = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof port === "number") return Number.isInteger(port) && port >= 1 && port <= LAST_PORT ? port : null;
  return text(port) || null;
}

function answerConnectionQuestion(question: JsonRecord, context: Context<SliceName>): Answer {
  const [from, to] = [text(question.from), text(question.to)];
  if (!from || !to || question.port === undefined || question.port === null) return cannotTell("A connection question needs from, to and port.");
  const port = readPort(question.port);
  if (port === null) return cannotTell(`The port of a connection is a whole number from 1 to ${LAST_PORT}, or the name of a port of the receiving pod.`);
  const written = question.protocol ?? "TCP";
  const protocol = PROTOCOLS.find((known) => known === (text(written) ?? "").toUpperCase());
  if (protocol === undefined) return cannotTell(`The protocol of a connection is ${PROTOCOLS.slice(0, -1).join(", ")} or ${PROTOCOLS.at(-1)}.`);
  return answerConnectionIn(context, { kind: "connection", from, to, port, protocol });
}

function answerOne(question: JsonRecord, context: Context<SliceName>): Answer {
  if (question.kind === "access") return answerAccessQuestion(question, context);
  if (question.kind === "connection") return answerConnectionQuestion(question, context);
  return cannotTell("The question is neither about access nor about a connection.");
}

/** Answers in the order of the questions; one that cannot be read or told has `allowed: null` with the reason. */
export function answerQuestions(questions: readonly unknown[], context: Context<SliceName>): readonly Answer[] {
  return questions.map((question) => {
    try {
      return answerOne(record(question), context);
    } catch (error) {
      return cannotTell(`It could not be answered: ${messageOf(error)}`);
    }
  });
}
