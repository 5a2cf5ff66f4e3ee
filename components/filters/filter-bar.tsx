"use client";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { KeyHint } from "../primitives/key-hint";
import { useHotkeys } from "../shell/use-hotkeys";
import { useFilter } from "./use-filter";

export interface FilterChip {
  /** Query parameter that it stands for. */
  readonly name: string;
  readonly label: string;
  readonly words: string;
}

interface FilterBarProps {
  readonly chips: readonly FilterChip[];
  readonly placeholder: string;
  /** How many are left: "12 findings". Read aloud when a choice has changed it. */
  readonly found: string;
}

/** What is filtered, each part removable, and a search field that `/` focuses and Escape leaves, so that the keys of the list work again. */
export function FilterBar({ chips, placeholder, found }: FilterBarProps): ReactNode {
  const { search, set } = useFilter();
  const field = useRef<HTMLInputElement>(null);
  useHotkeys({ "/": () => field.current?.focus() });
  const typed = new URLSearchParams(search).get("q") ?? "";
  const leave = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.currentTarget.value = typed;
    event.currentTarget.blur();
  };
  return (
    <form
      className="filter"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        set("q", field.current?.value.trim() ?? "");
      }}
    >
      {chips.map((chip) => (
        <span key={chip.name} className="chip">
          <span className="muted">{chip.label}</span> {chip.words}
          <button type="button" aria-label={`Remove the filter ${chip.label}`} onClick={() => set(chip.name, "")}>
            ×
          </button>
        </span>
      ))}
      <input
        ref={field}
        key={typed}
        type="search"
        name="q"
        autoComplete="off"
        defaultValue={typed}
        placeholder={placeholder}
        aria-label={placeholder}
        aria-keyshortcuts="/"
        onKeyDown={leave}
      />
      <span className="hint rest">
        <KeyHint>/</KeyHint>
      </span>
      <span className="sr" role="status">
        {found}
      </span>
      <span className="hint typing">
        <KeyHint>Enter</KeyHint> to search
      </span>
    </form>
  );
}
