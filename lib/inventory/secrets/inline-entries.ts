import { isCredentialName, isPasswordName } from "./secret-names";
import { isLiteralCredential } from "./secret-values";

/** A name, and text in quotes that it is given: `password: "x"`, `'password' => 'x'`, `API_KEY: str = "x"`, `["password"] = "x"`, `secret "x"`, `("password", "x")`, `["--password", "x"]`, `password || "x"`. */
const QUOTED =
  /(?<![\w.-]|["'`]\$)(?:(["'`])((?:--?)?[A-Za-z_][\w.-]{0,127})\1\]?|([A-Za-z_][\w.-]{0,127}))(?:\s{0,9}((?::\s{1,3}\w{1,30}\s{1,3})?=>?|:=?|,|\|\||\?\?)\s{0,9}|\s{1,9})[bru]{0,2}(["'])((?:\\[^\n]|(?!\5)[^\\\n]){3,400})\5/g;
/** In a mapping or among words, without quotes, or whole within some: `{user: cart, password: x1}`, `web1 ansible_user=ops ansible_password=x1`, `Environment="A=1" "PASSWORD=x1"`, `run --password=x1`, `run --password x1`. */
const PLAIN = [
  { sign: ":", before: /[{,]/, pattern: /(?<=[{,]\s{0,9})["']?([A-Za-z_][\w.-]{0,127})["']?\s{0,3}:\s{1,9}([^\s"'{}[\]]{3,400}?)(?=\s{0,9}[,}])/g },
  {
    sign: "=",
    before: /\S[ \t]|^\s*-/,
    pattern: /(?<=\S[ \t]{1,9}(?:--?|["'])?|^[ \t]{0,99}--?)([A-Za-z_][\w.-]{0,127})=([^\s"'`;]{3,400})(?=["']?(?:\s|$))/g,
  },
  { sign: "--", before: /(?:^|[ \t])--/, pattern: /(?<=(?:^|[ \t])--)([A-Za-z_][\w.-]{0,127})[ \t]{1,9}["']?([^\s"'`;]{3,400})["']?(?=\s|$)/g },
] as const;
/** Code is no value: it has brackets, or begins with what stands for something else. */
const VALUE = /^(?![-$%])(?=\D*\d)[^"'`()[\]{}<>|&$,]+$/;

/** A variable of a manifest: `{name: DB_PASSWORD, value: x}`. */
const PAIR =
  /[{,]\s{0,9}["']?(?:name|key)["']?\s{0,9}:\s{0,9}["']?([\w.-]{1,128})["']?\s{0,9},\s{0,9}["']?value["']?\s{0,9}:\s{0,9}["']?([^"'{},]{3,400}?)["']?\s{0,9}[,}]/g;

/** What metrics are chosen by: `kube_secret_created{secret="wildcard-tls-2024"}` names a Secret, `vault_token_count{token="x"}` one of many; none has a password. */
const SELECTOR = /(?<![\w$#.])[a-z_:][a-z\d_:]*\{[^{}]*$/;
const LONGEST_SELECTOR = 400;

interface InlineEntry {
  readonly key: string;
  readonly value: string;
}

/** Credentials in the middle of a line, whatever the language: what stands in quotes is a text and no code, and without them is one by its look alone. */
export function findInlineEntries(line: string): InlineEntry[] {
  // A text within a text: `config: "{\"password\":\"x\"}"`.
  return line.includes('\\"') ? [...findInText(line), ...findInText(line.replaceAll('\\"', '"'))] : findInText(line);
}

function findInText(line: string): InlineEntry[] {
  const entries: InlineEntry[] = [];
  for (const { 2: quoted, 3: bare, 4: sign, 6: value = "", index } of /["']/.test(line) ? line.matchAll(QUOTED) : []) {
    const key = bare ?? (quoted ?? "").replace(/^--?/, "");
    if (!isCredentialName(key)) {
      if (value.includes('"')) entries.push(...findInText(value));
      continue;
    }
    const mayChoose = key === "secret" || (/^\w+=/.test(line.slice(index)) && !isPasswordName(key));
    if (mayChoose && SELECTOR.test(line.slice(Math.max(0, index - LONGEST_SELECTOR), index))) continue;
    // A comma stands in lists of names as well: only what a call is given counts. Words that follow one another may be a sentence.
    const isAssigned = sign !== undefined && sign !== "," && !/^[|?]/.test(sign);
    const isOfCall = line[index - 1] === "(";
    const mayBeGiven = sign !== "," || (quoted !== undefined && (quoted.startsWith("-") ? !isOfCall && !value.startsWith("-") : isOfCall));
    if (isAssigned || (mayBeGiven && isLiteralCredential(key, value))) entries.push({ key, value });
  }
  for (const [, key = "", value = ""] of line.includes("value") ? line.matchAll(PAIR) : []) if (isCredentialName(key)) entries.push({ key, value });
  // To look behind every character costs more than to see that a line has nothing of the kind.
  for (const { sign, before, pattern } of PLAIN) {
    for (const [, key = "", value = ""] of line.includes(sign) && before.test(line) ? line.matchAll(pattern) : [])
      if (isCredentialName(key) && VALUE.test(value) && isLiteralCredential(key, value)) entries.push({ key, value });
  }
  return entries;
}
