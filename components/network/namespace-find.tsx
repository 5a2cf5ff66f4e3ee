"use client";
import { parseAsString, useQueryState } from "nuqs";
import { type ReactNode, useId } from "react";

/** Narrows the matrix to namespaces by a part of their name; the address holds it. */
export function NamespaceFind(): ReactNode {
  const id = useId();
  const [find, setFind] = useQueryState("find", parseAsString.withDefault("").withOptions({ shallow: false, throttleMs: 300, clearOnDefault: true }));
  return (
    <div className="net-find">
      <label className="sr" htmlFor={id}>
        Namespaces called
      </label>
      <input
        id={id}
        className="mono"
        type="search"
        value={find}
        placeholder="Filter namespaces"
        maxLength={253}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => void setFind(event.target.value)}
      />
    </div>
  );
}
