import { remembered } from "../../model/remembered";
import { PASSWORD_OPTIONS, PASSWORD_READERS, PASSWORD_VARIABLES } from "../data/command-passwords";
import { type ShellCommand, splitCommands, toCommand } from "../values/shell-words";

interface CommandPassword {
  /** The index of the word that holds it; -1 = an assignment before the command. */
  readonly word: number;
  readonly value: string;
}

type PasswordOption = (typeof PASSWORD_OPTIONS)[number];

const VARIABLE = /\$[\w({@*]|\$$/;
/** What these are given is text, and no command. */
const TEXT_TOOLS = /^(?:echo|printf|grep|egrep|sed|awk|log|logger)$/;

function toPassword(word: number, whole: string | undefined, part?: RegExp): CommandPassword | null {
  const value = part ? (part.exec(whole ?? "")?.[1] ?? "") : (whole ?? "");
  return value === "" || VARIABLE.test(value) ? null : { word, value };
}

/** Of one word, by a flag that it is or begins with. */
function atFlag({ flags = [], attached = [], part }: PasswordOption, words: readonly string[], i: number): CommandPassword | null {
  const word = words[i] ?? "";
  const next = words[i + 1];
  if (flags.includes(word)) return next?.startsWith("-") ? null : toPassword(i + 1, next, part);
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  if (equals > 0 && flags.includes(word.slice(0, equals))) return toPassword(i, word.slice(equals + 1), part);
  const own = attached.find((flag) => word.startsWith(flag));
  return own === undefined ? null : toPassword(i, word.slice(own.length), part);
}

function behind(after: readonly string[], words: readonly string[], i: number, part?: RegExp): CommandPassword | null {
  const isThere = after.every((asked, j) => words[i + j] !== undefined && (asked === "*" || words[i + j] === asked));
  return isThere ? toPassword(i + after.length, words[i + after.length], part) : null;
}

function inWords(option: PasswordOption, words: readonly string[]): CommandPassword | null {
  if (option.says !== undefined && !words.includes(option.says)) return null;
  for (let i = 1; i < words.length; i += 1) {
    const found = option.after ? behind(option.after, words, i, option.part) : atFlag(option, words, i);
    if (found) return found;
  }
  return null;
}

function inAssignment(assignment: string): CommandPassword | null {
  const [name = ""] = assignment.split("=", 1);
  return PASSWORD_VARIABLES.has(name) ? toPassword(-1, assignment.slice(name.length + 1)) : null;
}

const optionsOf = remembered((program) => PASSWORD_OPTIONS.filter(({ programs }) => programs.test(program)), { limit: 2_000 });

function ofCommand({ assignments, words: [program = "", ...rest] }: ShellCommand): readonly CommandPassword[] {
  return [...assignments.map(inAssignment), ...optionsOf(program).map((option) => inWords(option, [program, ...rest]))].filter((found) => found !== null);
}

/** A command, and the one behind `--` that it is given to run. */
function withInner(command: ShellCommand): readonly ShellCommand[] {
  const dashes = command.words.indexOf("--");
  const inner = dashes < 0 ? null : toCommand(command.words.slice(dashes + 1));
  return inner ? [command, { ...inner, isPiped: command.isPiped === true }] : [command];
}

/** What a command reads: of what is piped to it, of the lines behind `<<EOF`, or of the word behind `<<<`. */
function inputOf(commands: readonly ShellCommand[], i: number): string | undefined {
  const words = commands[i]?.words ?? [];
  const at = words.findIndex((word) => word.startsWith("<<"));
  if (words[at]?.startsWith("<<<")) return words[at].slice(3) || words[at + 1];
  if (at >= 0) return commands[i + 1]?.words.at(-1);
  const before = commands[i - 1];
  return before?.isPiped && /^(?:echo|printf)$/.test(before.words[0] ?? "") ? before.words.at(-1) : undefined;
}

/** What `echo ada:password | chpasswd` tells, or the lines behind `chpasswd <<EOF`. */
function fromInput(commands: readonly ShellCommand[]): readonly CommandPassword[] {
  return commands.flatMap((command, i) => {
    const [program = "", ...words] = command.words;
    const reader = PASSWORD_READERS.find(({ programs, says }) => programs.test(program) && (says === undefined || words.includes(says)));
    return (reader && toPassword(-1, inputOf(commands, i), reader.part)) ?? [];
  });
}

/** Passwords that well-known programs are given in a script, and in the scripts that its commands are given in turn. */
export function findPasswordsInScript(script: string, depth = 0): readonly string[] {
  const commands = splitCommands(script).flatMap(withInner);
  return [
    ...fromInput(commands).map(({ value }) => value),
    ...commands.flatMap((command) => {
      const isText = depth === 2 || TEXT_TOOLS.test(command.words[0] ?? "");
      const scripts = isText ? [] : command.words.slice(1).filter((word) => /\s/.test(word));
      return [...ofCommand(command).map(({ value }) => value), ...scripts.flatMap((word) => findPasswordsInScript(word, depth + 1))];
    }),
  ];
}

/** Passwords among the words that a container starts, with the index of each and what of the word is before it. */
export function findPasswordsInWords(words: readonly unknown[]): readonly { readonly index: number; readonly before: string; readonly value: string }[] {
  const texts = words.map((word) => (typeof word === "string" ? word : ""));
  const command = toCommand(texts);
  const commands = command ? withInner(command) : [];
  return commands.flatMap((own) =>
    ofCommand(own).flatMap(({ word, value }) => {
      // A command ends where its words do: what is left out of it stands before.
      const index = texts.length - own.words.length + word;
      const text = texts[index] ?? "";
      return word < 0 ? [] : [{ index, before: text.slice(0, text.length - value.length), value }];
    }),
  );
}
