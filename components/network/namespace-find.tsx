"use client";
import { parseAsString, useQueryState } from "nuqs";
import { type ReactNode, useId } from "react";
import { TextInput } from "../primitives/written-fields";

/** Narrows the matrix to namespaces by a part of their name; the address holds it. */
export function NamespaceFind(): ReactNode {
  const id = useId();
  const [find, setFind] = useQueryState("find", parseAsString.withDefault("").withOptions({ shallow: false, throttleMs: 300, clearOnDefault: true }));
  return (
    <div className="net-find">
      <label className="sr" htmlFor={id}>
        Namespaces called
      </label>
      <TextInput
        id={id}
        className="mono"
        type="search"
        value={find}
        placeholder="Filter namespaces"
        maxLength={253}
        spellCheck={false}
        onChange={(text) => void setFind(text)}
      />
    </div>
  );
}
