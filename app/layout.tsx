import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { PaintDefinitions } from "@/components/primitives/paint-definitions";
import { THEME_SCRIPT } from "@/components/shell/theme";
import { interFont, jetbrainsMonoFont } from "./fonts";
import "./globals.css";

/** No page is made at build time: the build must never open the database. */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Concentric", template: "%s · Concentric" },
  description: "Kubernetes security posture in four rings: cloud, cluster, container, code.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0d10" },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en" className={`${interFont.variable} ${jetbrainsMonoFont.variable}`} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <PaintDefinitions />
        {children}
      </body>
    </html>
  );
}
