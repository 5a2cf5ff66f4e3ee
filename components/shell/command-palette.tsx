"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { showHidden } from "@/lib/format/show-hidden";
import { noMatchWords } from "../filters/no-match-words";
import { Dialog } from "../primitives/dialog";
import { ObjectName } from "../primitives/object-name";
import { NAV_GROUPS } from "./nav-groups";
import { matchItems, type PaletteItem } from "./palette-match";
import { keepMoment, parseMoment, withMoment } from "./posture-search";
import type { ShellData } from "./shell-data";
import { takeTyped } from "./typed-ahead";
import { type PaletteAnswer, usePaletteSearch } from "./use-palette-search";

/** Shorter words are looked for among the pages alone. */
const LEAST = 2;

/** Below the list: what it does not say by itself. "Nothing" is said only when everything was asked. */
function noteOf(term: string, answer: PaletteAnswer, isAsked: boolean, isEmpty: boolean): string | null {
  if (isAsked && answer.term !== term) return isEmpty ? "Searching…" : null;
  if (isAsked && answer.items === null) return "The search did not answer: only pages are listed. Type to try again.";
  if (term.length > 0 && term.length < LEAST) return `Type ${LEAST} letters or more to find resources, controls and findings.`;
  return isEmpty ? noMatchWords(term) : null;
}

interface PaletteOptionProps {
  readonly id: string;
  readonly item: PaletteItem;
  readonly isSelected: boolean;
  readonly onPick: () => void;
  readonly onPoint: () => void;
}

function PaletteOption({ id, item, isSelected, onPick, onPoint }: PaletteOptionProps): ReactNode {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input keeps the focus and the keys; the option is named by aria-activedescendant.
    // biome-ignore lint/a11y/useFocusableInteractive: as above.
    <div id={id} role="option" aria-selected={isSelected} className="pop-item" onClick={onPick} onMouseMove={onPoint}>
      <span className="found">
        <bdi>
          <ObjectName name={item.label} />
        </bdi>{" "}
        {item.note === undefined ? null : <bdi className="muted">{showHidden(item.note)}</bdi>}
      </span>
      <span className="cap">{item.kind}</span>
    </div>
  );
}

/** Any resource, control, finding or page, by a few letters. */
export function CommandPalette({ shell, onClose }: { readonly shell: ShellData; readonly onClose: () => void }): ReactNode {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const id = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  // By what it stands on: the answer to what was typed last may put other items above that.
  const [chosen, setChosen] = useState<string | null>(null);
  const term = typed.trim();
  // What is found leads on as of the moment of this page: it is looked for there, too.
  const searchPath = shell.searchPath === undefined ? undefined : withMoment(shell.searchPath, "", { at: parseMoment(new URLSearchParams(search)).at });
  const isAsked = searchPath !== undefined && term.length >= LEAST;
  const answer = usePaletteSearch(isAsked ? searchPath : undefined, term);
  // Until the answer is there, of what was found for fewer letters only what has these, too: Enter follows the first.
  const found = isAsked ? matchItems(answer.items ?? [], answer.term === term ? "" : term) : [];
  // The list looks among objects and controls alone: for the id of a clause or of a finding it would always be empty.
  const hasList = found.some(({ kind }) => kind === "resource" || kind === "control");
  const items = [...matchItems(toPages(shell), typed), ...found, ...(hasList ? [toFindings(shell, term)] : [])];
  const cursor = Math.max(
    0,
    items.findIndex((item) => keyOf(item) === chosen),
  );
  const note = noteOf(term, answer, isAsked, items.length === 0);

  useEffect(() => {
    listRef.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  function choose(item: PaletteItem | undefined): void {
    setChosen(item === undefined ? null : keyOf(item));
  }

  function follow(item: PaletteItem | undefined): void {
    if (item === undefined) return;
    onClose();
    const href = keepMoment(item.href, pathname, search);
    // The router tells no page of another part of it, which may be folded: a browser does.
    const [page, part] = href.split("#");
    if (part !== undefined && page === location.pathname + location.search) location.hash = part;
    else router.push(href);
  }

  function steer(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && items.length > 0) {
      event.preventDefault();
      choose(items[(cursor + step + items.length) % items.length]);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      follow(items[cursor]);
    }
  }

  return (
    <Dialog bare onClose={onClose} title="Find anything">
      <input
        className="palette-in"
        placeholder="Find a page, resource, control or finding"
        value={typed}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-label="Find anything"
        aria-activedescendant={items.length > 0 ? `${id}-${cursor}` : undefined}
        onFocus={() => {
          const early = takeTyped();
          if (early !== "") setTyped(early);
        }}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(null);
        }}
        onKeyDown={steer}
      />
      <div ref={listRef} id={id} role="listbox" aria-label="Results" className="palette-list">
        {items.map((item, index) => (
          <PaletteOption
            key={keyOf(item)}
            id={`${id}-${index}`}
            item={item}
            isSelected={index === cursor}
            onPick={() => follow(item)}
            onPoint={() => choose(item)}
          />
        ))}
      </div>
      {note === null ? null : (
        <p className="palette-note" role="status">
          {note}
        </p>
      )}
    </Dialog>
  );
}

const keyOf = (item: PaletteItem): string => `${item.kind}${item.href}`;

/** A finding is found by its id; those of an object or a control are a list. */
function toFindings(shell: ShellData, term: string): PaletteItem {
  return { kind: "finding", label: `Open findings that match “${term}”`, href: `/c/${shell.current}/findings?q=${encodeURIComponent(term)}` };
}

function toPages(shell: ShellData): readonly PaletteItem[] {
  const pages = NAV_GROUPS.flatMap((group) => group.pages).map((page) => ({ kind: "page", label: page.label, href: `/c/${shell.current}${page.path}` }));
  const clusters = shell.clusters
    .filter((cluster) => cluster.slug !== shell.current)
    .map((cluster) => ({ kind: "cluster", label: cluster.name, href: `/c/${cluster.slug}` }));
  return [...pages, ...clusters];
}
