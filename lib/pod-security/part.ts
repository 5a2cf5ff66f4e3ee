import { isRecord, type JsonRecord } from "../model/json";

/** A field whose type the API server refuses, e.g. `privileged: "true"`. */
export interface OddField {
  readonly path: string;
  /** What the API expects there: "a boolean". */
  readonly expected: string;
}

const EMPTY: JsonRecord = {};

/**
 * A part of a manifest that is read the way the API server decodes it: null is "not set", and a value of the wrong type is
 * never taken for one of the right type; it is noted in `odd` and counts as not set.
 */
export class Part {
  readonly #body: JsonRecord;
  readonly #at: (relative: string) => string;
  readonly #odd: OddField[];

  constructor(body: JsonRecord, at: (relative: string) => string, odd: OddField[]) {
    this.#body = body;
    this.#at = at;
    this.#odd = odd;
  }

  at(relative: string): string {
    return this.#at(relative);
  }

  /** Undefined when absent or null. */
  get(key: string): unknown {
    return Object.hasOwn(this.#body, key) ? (this.#body[key] ?? undefined) : undefined;
  }

  isEmpty(): boolean {
    for (const key in this.#body) if (this.get(key) !== undefined) return false;
    return true;
  }

  keys(): readonly string[] {
    return Object.keys(this.#body).filter((key) => this.get(key) !== undefined);
  }

  flag(key: string): boolean | undefined {
    const value = this.get(key);
    return value === undefined || typeof value === "boolean" ? value : this.#refuse(key, "a boolean");
  }

  text(key: string): string | undefined {
    const value = this.get(key);
    return value === undefined || typeof value === "string" ? value : this.#refuse(key, "a string");
  }

  integer(key: string): number | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    return typeof value === "number" && Number.isInteger(value) ? value : this.#refuse(key, "a whole number");
  }

  /** As many items as the manifest has; null is "", as the server decodes it, and one that is no string is noted and becomes "". */
  texts(key: string): readonly string[] {
    return this.#list(key, "a list of strings").map((item, i) => {
      if (typeof item !== "string" && item !== null) this.#refuse(`${key}[${i}]`, "a string");
      return typeof item === "string" ? item : "";
    });
  }

  /** As texts: null is 0, and an item that is no whole number becomes null. */
  integers(key: string): readonly (number | null)[] {
    return this.#list(key, "a list of whole numbers").map((given, i) => {
      const item = given === null ? 0 : given;
      if (typeof item === "number" && Number.isInteger(item)) return item;
      this.#refuse(`${key}[${i}]`, "a whole number");
      return null;
    });
  }

  /** Undefined when the object is not there; an empty one is there. */
  find(key: string): Part | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (!isRecord(value)) return this.#refuse(key, "an object");
    return new Part(value, (relative) => this.#at(`${key}.${relative}`), this.#odd);
  }

  /** As find, with an empty part for what is not there. */
  part(key: string): Part {
    return this.find(key) ?? new Part(EMPTY, (relative) => this.#at(`${key}.${relative}`), this.#odd);
  }

  parts(key: string): readonly Part[] {
    return this.#list(key, "a list of objects").flatMap((item, i) => {
      if (isRecord(item)) return [new Part(item, (relative) => this.#at(`${key}[${i}]${relative === "" ? "" : `.${relative}`}`), this.#odd)];
      this.#refuse(`${key}[${i}]`, "an object");
      return [];
    });
  }

  /** Notes that the API server refuses this field; answers "not set". */
  refuse(key: string, expected: string): undefined {
    return this.#refuse(key, expected);
  }

  #list(key: string, expected: string): readonly unknown[] {
    const value = this.get(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.#refuse(key, expected);
    return [];
  }

  #refuse(key: string, expected: string): undefined {
    this.#odd.push({ path: this.#at(key), expected });
    return undefined;
  }
}
