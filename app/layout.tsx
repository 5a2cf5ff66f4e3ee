import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { PaintDefinitions } from "@/components/primitives/paint-definitions";
import { NavigationProgress } from "@/components/shell/navigation-progress";
import { THEME_SCRIPT } from "@/components/shell/theme";
import { ThemeStart } from "@/components/shell/theme-start";
import { ReaderZone } from "@/components/shell/reader-zone";
import { readerZone } from "@/lib/http/reader-zone";
import { interFont, jetbrainsMonoFont } from "./fonts";
import "./globals.css";

/** No page is made at build time: the build must never open the database. */
export const dynamic = "force-dynamic";

/** Social cards need whole addresses: of the host under which the reader knows this server. */
export async function generateMetadata(): Promise<Metadata> {
  const host = (await headers()).get("host") ?? "127.0.0.1";
  return { ...METADATA, metadataBase: new URL(`http://${host}`) };
}

const METADATA: Metadata = {
  title: { default: "Concentric", template: "%s · Concentric" },
  description: "Kubernetes security posture in four rings: cloud, cluster, container, code.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0d10" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }): Promise<ReactNode> {
  const zone = await readerZone();
  return (
    <html lang="en" className={`${interFont.variable} ${jetbrainsMonoFont.variable}`} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <ThemeStart />
        <PaintDefinitions />
        <NavigationProgress />
        <ReaderZone zone={zone}>{children}</ReaderZone>
      </body>
    </html>
  );
}
