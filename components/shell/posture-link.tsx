"use client";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { ComponentProps, ReactNode } from "react";
import { LinkGoing } from "./link-going";
import { keepMoment } from "./posture-search";

type PostureLinkProps = Omit<ComponentProps<typeof Link>, "href"> & { readonly href: string };

/** A link that stays at the moment the reader has chosen (`at`, `since`). */
export function PostureLink({ href, prefetch = false, children, ...rest }: PostureLinkProps): ReactNode {
  const pathname = usePathname();
  const search = useSearchParams();
  return (
    <Link {...rest} prefetch={prefetch} href={keepMoment(href, pathname, search.toString())}>
      {children}
      <LinkGoing />
    </Link>
  );
}
