type Labels = Readonly<Record<string, string>>;
export type CalicoSelector = (labels: Labels) => boolean;

const TOKEN =
  /\s*(?:(&&|\|\||==|!=|[!(){},])|(not\s+in|in|contains|starts\s+with|ends\s+with)(?![\w./-])|(has|all|global)(?=\s*\()|'([^']*)'|"([^"]*)"|([A-Za-z0-9_][\w./-]*))/y;

type Token = { readonly kind: "sign" | "word" | "call" | "text" | "key"; readonly value: string };

function tokenise(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const trimmed = source.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) throw new SyntaxError(`not a Calico selector: ${source}`);
    const [, sign, word, call, single, double, key] = match;
    if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
    else if (word !== undefined) tokens.push({ kind: "word", value: word.replace(/\s+/g, " ") });
    else if (call !== undefined) tokens.push({ kind: "call", value: call });
    else if (key !== undefined) tokens.push({ kind: "key", value: key });
    else tokens.push({ kind: "text", value: single ?? double ?? "" });
  }
  return tokens;
}

function compare(operator: string, key: string, value: string): CalicoSelector {
  const test =
    (matches: (own: string) => boolean): CalicoSelector =>
    (labels) =>
      Object.hasOwn(labels, key) && matches(labels[key] ?? "");
  if (operator === "==") return test((own) => own === value);
  if (operator === "!=") return (labels) => !Object.hasOwn(labels, key) || labels[key] !== value;
  if (operator === "contains") return test((own) => own.includes(value));
  return operator === "starts with" ? test((own) => own.startsWith(value)) : test((own) => own.endsWith(value));
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(source: string) {
    this.tokens = tokenise(source);
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
    return (labels) => parts.some((part) => part(labels));
  }

  private both(): CalicoSelector {
    const parts = [this.one()];
    while (this.accept("&&")) parts.push(this.one());
    return (labels) => parts.every((part) => part(labels));
  }

  private one(): CalicoSelector {
    if (this.accept("!")) {
      const inner = this.one();
      return (labels) => !inner(labels);
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
    if (name === "has") return (labels) => Object.hasOwn(labels, key);
    return () => name === "all";
  }

  private comparison({ kind, value: key }: Token): CalicoSelector {
    if (kind !== "key") throw new SyntaxError("a label was expected");
    const operator = this.take().value;
    if (operator !== "in" && operator !== "not in") {
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
    const isIn: CalicoSelector = (labels) => Object.hasOwn(labels, key) && values.has(labels[key] ?? "");
    return operator === "in" ? isIn : (labels) => !isIn(labels);
  }
}

/** A selector of Calico's own language; an empty one selects everything; null = it does not parse. */
export function parseCalicoSelector(source: string): CalicoSelector | null {
  if (source.trim() === "") return () => true;
  try {
    return new Parser(source).whole();
  } catch {
    return null;
  }
}
