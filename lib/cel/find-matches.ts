import type { RE2JS } from "@bufbuild/re2";
import { compilePattern } from "./compile-pattern";

type Program = ReturnType<RE2JS["re2"]>["prog"];

/** Instructions of the compiled pattern, which are those of Go's regexp/syntax, in its order of preference; all others read one character. */
const OP = { alt: 1, altMatch: 2, capture: 3, emptyWidth: 4, fail: 5, match: 6, nop: 7 } as const;
const AT = { lineStart: 1, lineEnd: 2, textStart: 4, textEnd: 8, wordBoundary: 16, noWordBoundary: 32 } as const;
const NEWLINE = 10;

/** `from` and `to` in UTF-16 units. */
export interface Match {
  readonly from: number;
  readonly to: number;
}

/** A way through the pattern that is still open: the instruction that comes next, and where the match would begin. */
interface Thread {
  readonly pc: number;
  readonly from: number;
}

function isWord(rune: number): boolean {
  return rune === 95 || (rune >= 48 && rune <= 57) || (rune >= 65 && rune <= 90) || (rune >= 97 && rune <= 122);
}

/** What holds between two characters; -1 is the edge of the text. */
function edgesBetween(before: number, after: number): number {
  const start = before < 0 ? AT.textStart | AT.lineStart : before === NEWLINE ? AT.lineStart : 0;
  const end = after < 0 ? AT.textEnd | AT.lineEnd : after === NEWLINE ? AT.lineEnd : 0;
  return start | end | (isWord(before) === isWord(after) ? AT.noWordBoundary : AT.wordBoundary);
}

function runeAt(text: string, at: number): number {
  return text.codePointAt(at) ?? -1;
}

function runeBefore(text: string, at: number): number {
  if (at === 0) return -1;
  const pair = at >= 2 ? runeAt(text, at - 2) : 0;
  return pair > 0xffff ? pair : text.charCodeAt(at - 1);
}

function widthOf(rune: number): number {
  return rune > 0xffff ? 2 : 1;
}

/** The instructions that were reached at one place of a text. Cleared without a look at the others: a pattern may have a quarter of a million. */
class Reached {
  private readonly at: Uint32Array;
  private now = 1;

  constructor(size: number) {
    this.at = new Uint32Array(size);
  }

  /** False where it was there already. */
  add(pc: number): boolean {
    if (this.at[pc] === this.now) return false;
    this.at[pc] = this.now;
    return true;
  }

  clear(): void {
    this.now += 1;
  }
}

/**
 * Appends the instructions that read a character, or match, and are reached from one without reading, the preferred first. Returns how many instructions
 * were looked at.
 */
function follow(program: Program, thread: Thread, edges: number, reached: Reached, threads: Thread[]): number {
  const stack = [thread.pc];
  let looked = 0;
  for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
    looked += 1;
    if (!reached.add(pc)) continue;
    const { op, out, arg } = program.getInst(pc);
    if (op === OP.alt || op === OP.altMatch) stack.push(arg, out);
    else if (op === OP.capture || op === OP.nop) stack.push(out);
    else if (op === OP.emptyWidth) {
      if ((arg & ~edges) === 0) stack.push(out);
    } else if (op !== OP.fail) threads.push({ pc, from: thread.from });
  }
  return looked;
}

/**
 * The first match from a place on, of those that begin there the one that the pattern prefers, as Go's regexp finds it: all ways at once, so that no pattern
 * takes longer than its length times that of the text. `charge` is told how many instructions were looked at.
 */
function findMatch(program: Program, text: string, start: number, reached: Reached, charge: (instructions: number) => void): Match | null {
  let threads: Thread[] = [];
  let match: Match | null = null;
  reached.clear();
  for (let at = start; ; ) {
    const rune = runeAt(text, at);
    // What is reached here already came from an earlier beginning, which is preferred.
    const begun = match === null ? follow(program, { pc: program.start, from: at }, edgesBetween(runeBefore(text, at), rune), reached, threads) : 0;
    charge(1 + begun + threads.length);
    const width = widthOf(rune);
    const next: Thread[] = [];
    reached.clear();
    const edges = rune < 0 ? 0 : edgesBetween(rune, runeAt(text, at + width));
    let looked = 0;
    for (const thread of threads) {
      const instruction = program.getInst(thread.pc);
      if (instruction.op === OP.match) {
        match = { from: thread.from, to: at };
        break;
      }
      if (rune >= 0 && instruction.matchRune(rune)) looked += follow(program, { pc: instruction.out, from: thread.from }, edges, reached, next);
    }
    charge(looked);
    if (rune < 0 || (next.length === 0 && match !== null)) return match;
    threads = next;
    at += width;
  }
}

/** One after the other, no empty one right behind another, as Go's FindAllString gives them. Throws for a pattern that cannot be read. */
export function* findMatches(text: string, pattern: string, charge: (instructions: number) => void): Generator<Match> {
  const program = compilePattern(pattern).re2().prog;
  charge(program.numInst()); // as many were made
  const reached = new Reached(program.numInst());
  for (let [at, lastTo] = [0, -1]; at <= text.length; ) {
    const match = findMatch(program, text, at, reached, charge);
    if (match === null) return;
    if (match.to > at || match.from !== lastTo) yield match;
    lastTo = match.to;
    at = match.to > at ? match.to : at + widthOf(runeAt(text, at));
  }
}
