"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { RingIcon } from "../charts/ring-icon";
import { Chevron } from "../primitives/chevron";
import { NameEnds } from "../primitives/name-ends";
import { Popover } from "../primitives/popover";
import { LinkGoing } from "./link-going";
import type { ShellData } from "./shell-data";

export function ClusterSwitcher({ shell }: { readonly shell: ShellData }): ReactNode {
  const current = shell.clusters.find((cluster) => cluster.slug === shell.current);
  const name = current?.name ?? shell.current;
  return (
    <Popover
      label={`Cluster ${name}, choose another`}
      triggerClassName="ctl switch"
      trigger={
        <>
          <RingIcon size={20} scores={current?.scores ?? []} />
          <NameEnds name={name} />
          <Chevron />
        </>
      }
    >
      <p className="pop-title">Clusters</p>
      {shell.clusters.map((cluster) => (
        <Link
          key={cluster.slug}
          prefetch={false}
          href={`/c/${cluster.slug}`}
          className="pop-item"
          style={{ alignItems: "center" }}
          {...(cluster.slug === shell.current ? { "aria-current": "true" as const } : {})}
        >
          <span style={{ display: "flex", gap: 8, alignItems: "center" }}>
            <RingIcon size={20} scores={cluster.scores} />
            <span className="name">{cluster.name}</span>
          </span>
          <LinkGoing />
        </Link>
      ))}
    </Popover>
  );
}
