"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, useTransition } from "react";
import { keepMoment } from "./posture-search";

export interface Ask {
  readonly isPending: boolean;
  /** For the form: it is made anew when another question has been asked. */
  readonly key: string;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/** Asks what a form says by going to the address that `toHref` makes of its fields, at the moment that is shown. */
export function useAsk(toHref: (given: Readonly<Record<string, string>>) => string): Ask {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const [isPending, start] = useTransition();
  return {
    isPending,
    key: search,
    onSubmit: (event) => {
      event.preventDefault();
      const given = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]));
      start(() => router.push(keepMoment(toHref(given), pathname, search), { scroll: false }));
    },
  };
}
