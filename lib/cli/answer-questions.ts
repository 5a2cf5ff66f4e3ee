import { answerConnectionIn } from "../graph/network/answer-connection";
import type { Answer } from "../graph/reason";
import { answerAccess } from "../graph/rbac/answer-access";
import { rbacIndexView } from "../graph/rbac/rbac-index";
import type { SliceName } from "../inventory/slices";
import type { Context } from "../inventory/view";
import { amount, type JsonRecord, record, text, texts } from "../model/json";

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

function answerOne(question: JsonRecord, context: Context<SliceName>): Answer {
  if (question.kind === "access") {
    const [user, verb] = [text(question.user), text(question.verb)];
    if (user === undefined || verb === undefined) return cannotTell("An access question needs user and verb.");
    const optional = toOptional(question, ["group", "resource", "subresource", "name", "namespace", "path"]);
    return answerAccess(context.view(rbacIndexView), { kind: "access", user, verb, groups: texts(question.groups), ...optional }, context.isComplete);
  }
  if (question.kind === "connection") {
    const [from, to, port] = [text(question.from), text(question.to), amount(question.port)];
    if (from === undefined || to === undefined || port === undefined) return cannotTell("A connection question needs from, to and port.");
    return answerConnectionIn(context, { kind: "connection", from, to, port, protocol: text(question.protocol) ?? "TCP" });
  }
  return cannotTell("The question is neither about access nor about a connection.");
}

/** Answers in the order of the questions; one that cannot be read or told has `allowed: null` with the reason. */
export function answerQuestions(questions: readonly unknown[], context: Context<SliceName>): readonly Answer[] {
  return questions.map((question) => {
    try {
      return answerOne(record(question), context);
    } catch (error) {
      return cannotTell(`It could not be answered: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}
