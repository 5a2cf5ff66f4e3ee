/** Words that a command may stand behind. */
const LEADING = /^(?:if|then|else|elif|while|until|do|!|\{|exec|sudo|env|time|nohup|command|xargs|eval|--)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
const SEPARATORS = ";&|()`\n";

export interface ShellCommand {
  /** `NAME=value` before the command. */
  readonly assignments: readonly string[];
  /** The base name of its program first. */
  readonly words: readonly string[];
  /** The next command reads what it says. */
  readonly isPiped?: boolean;
}

/** A command without what it is run by: assignments, keywords, `timeout 5`. */
export function toCommand(words: readonly string[]): ShellCommand | null {
  const assignments: string[] = [];
  let start = 0;
  for (; start < words.length; start += 1) {
    const word = words[start] ?? "";
    if (ASSIGNMENT.test(word)) assignments.push(word);
    else if (word === "timeout") start += 1;
    else if (!LEADING.test(word)) break;
  }
  const program = words[start]?.split("/").at(-1) ?? "";
  return program === "" && assignments.length === 0 ? null : { assignments, words: [program, ...words.slice(start + 1)] };
}

/** The end of a text in double quotes, and what it is without them. */
function readQuoted(script: string, start: number): { readonly text: string; readonly end: number } {
  let text = "";
  let at = start;
  for (; at < script.length && script[at] !== '"'; at += 1) {
    if (script[at] === "\\" && '"\\$`'.includes(script[at + 1] ?? " ")) at += 1;
    text += script[at] ?? "";
  }
  return { text, end: at };
}

/** Takes a script apart into its commands, well enough to find what is written in them; substitutions and loops are commands of their own. */
export function splitCommands(script: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let word: string | null = null;
  const endWord = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = () => {
    endWord();
    const command = toCommand(words);
    if (command) commands.push(command);
    words = [];
  };
  const skipTo = (mark: string, from: number) => {
    const found = script.indexOf(mark, from);
    return found < 0 ? script.length : found;
  };
  for (let at = 0; at < script.length; at += 1) {
    const char = script[at] ?? "";
    if (char === "'") {
      const end = skipTo("'", at + 1);
      word = (word ?? "") + script.slice(at + 1, end);
      at = end;
    } else if (char === '"') {
      const { text, end } = readQuoted(script, at + 1);
      word = (word ?? "") + text;
      at = end;
    } else if (char === "\\") {
      at += 1;
      if (script[at] !== "\n") word = (word ?? "") + (script[at] ?? "");
    } else if (SEPARATORS.includes(char)) {
      endCommand();
      const last = commands.at(-1);
      if (last && char === "|" && script[at + 1] !== "|" && script[at - 1] !== "|") commands[commands.length - 1] = { ...last, isPiped: true };
    } else if (/\s/.test(char)) endWord();
    else if (char === "#" && word === null) at = skipTo("\n", at) - 1;
    else word = (word ?? "") + char;
  }
  endCommand();
  return commands;
}
