import { isAll, isAny, isNot, type Matched } from "./matched";

/** The value of a label; undefined = there is no such label, null = that is not known. */
export type CalicoLabels = (key: string) => string | undefined | null;
export type CalicoSelector = (labels: CalicoLabels) => Matched;

/** Of two words with or without a blank between them; elsewhere than behind a label they are labels themselves. */
const OPERATOR = /\s*(not\s*in|in|contains|starts\s*with|ends\s*with)(?![\w./-])/y;
const TOKEN = /\s*(?:(&&|\|\||==|!=|[!(){},])|(has|all|global)(?=\s*\()|'([^']*)'|"([^"]*)"|([A-Za-z0-9_][\w./-]*))/y;

type Token = { readonly kind: "sign" | "word" | "call" | "text" | "key"; readonly value: string };

function tokenise(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const trimmed = source.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    OPERATOR.lastIndex = TOKEN.lastIndex;
    const word = tokens.at(-1)?.kind === "key" ? OPERATOR.exec(trimmed)?.[1] : undefined;
    if (word !== undefined) {
      tokens.push({ kind: "word", value: word.replace(/\s+/g, "") });
      TOKEN.lastIndex = OPERATOR.lastIndex;
      continue;
    }
    const match = TOKEN.exec(trimmed);
    if (!match) throw new SyntaxError(`not a Calico selector: ${source}`);
    const [, sign, call, single, double, key] = match;
    if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
    else if (call !== undefined) tokens.push({ kind: "call", value: call });
    else if (key !== undefined) tokens.push({ kind: "key", value: key });
    else tokens.push({ kind: "text", value: single ?? double ?? "" });
  }
  return tokens;
}

function compare(operator: string, key: string, value: string): CalicoSelector {
  const test =
    (matches: (own: string) => boolean): CalicoSelector =>
    (labels) => {
      const own = labels(key);
      return own === null ? null : own !== undefined && matches(own);
    };
  const equals = test((own) => own === value);
  if (operator === "==") return equals;
  if (operator === "!=") return (labels) => isNot(equals(labels));
  if (operator === "contains") return test((own) => own.includes(value));
  return operator === "startswith" ? test((own) => own.startsWith(value)) : test((own) => own.endsWith(value));
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly isNamespaced: boolean;
  private at = 0;

  constructor(source: string, isNamespaced: boolean) {
    this.tokens = tokenise(source);
    this.isNamespaced = isNamespaced;
  }

  private take(value?: string): Token {
    const token = this.tokens[this.at];
    if (!token || (value !== undefined && token.value !== value)) throw new SyntaxError("the selector ends or goes on unexpectedly");
    this.at += 1;
    return token;
  }

  private accept(value: string): boolean {
    const isNext = this.tokens[this.at]?.kind === "sign" && this.tokens[this.at]?.value === value;
    if (isNext) this.at += 1;
    return isNext;
  }

  whole(): CalicoSelector {
    const selector = this.either();
    if (this.at < this.tokens.length) throw new SyntaxError("the selector goes on unexpectedly");
    return selector;
  }

  private either(): CalicoSelector {
    const parts = [this.both()];
    while (this.accept("||")) parts.push(this.both());
    return (labels) => isAny(parts.map((part) => part(labels)));
  }

  private both(): CalicoSelector {
    const parts = [this.one()];
    while (this.accept("&&")) parts.push(this.one());
    return (labels) => isAll(parts.map((part) => part(labels)));
  }

  private one(): CalicoSelector {
    if (this.accept("!")) {
      const inner = this.one();
      return (labels) => isNot(inner(labels));
    }
    if (this.accept("(")) {
      const inner = this.either();
      this.take(")");
      return inner;
    }
    const token = this.take();
    return token.kind === "call" ? this.call(token.value) : this.comparison(token);
  }

  private call(name: string): CalicoSelector {
    this.take("(");
    const key = name === "has" ? this.take().value : "";
    this.take(")");
    if (name === "has") return (labels) => (labels(key) === null ? null : labels(key) !== undefined);
    return () => (name === "all") === this.isNamespaced;
  }

  private comparison({ kind, value: key }: Token): CalicoSelector {
    if (kind !== "key") throw new SyntaxError("a label was expected");
    const operator = this.take().value;
    if (operator !== "in" && operator !== "notin") {
      const { kind: right, value } = this.take();
      if (right !== "text") throw new SyntaxError("a value was expected");
      return compare(operator, key, value);
    }
    this.take("{");
    const values = new Set<string>();
    while (!this.accept("}")) {
      values.add(this.take().value);
      this.accept(",");
    }
    const isIn: CalicoSelector = (labels) => {
      const own = labels(key);
      return own === null ? null : own !== undefined && values.has(own);
    };
    return operator === "in" ? isIn : (labels) => isNot(isIn(labels));
  }
}

function parse(source: string, isNamespaced: boolean): CalicoSelector | null {
  if (source.trim() === "") return () => true;
  try {
    return new Parser(source, isNamespaced).whole();
  } catch {
    return null;
  }
}

/** Each selector of a policy is asked of every pod and of every interface of a node. */
const KEPT = 4096;
const known = { true: new Map<string, CalicoSelector | null>(), false: new Map<string, CalicoSelector | null>() };

/**
 * A selector of Calico's own language; an empty one selects everything; null = it does not parse. Of namespaces, `all()` means whatever is
 * in one and `global()` whatever is in none: `isNamespaced` says which of the two is asked about.
 */
export function parseCalicoSelector(source: string, isNamespaced: boolean): CalicoSelector | null {
  const parsed = known[`${isNamespaced}`];
  let selector = parsed.get(source);
  if (selector === undefined) {
    selector = parse(source, isNamespaced);
    if (parsed.size >= KEPT) parsed.clear();
    parsed.set(source, selector);
  }
  return selector;
}
