const isDevelopment = process.env.NODE_ENV === "development";

/** Everything comes from this server. Next writes its start-up data as inline scripts, and charts their sizes as inline styles. */
const POLICY = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Of every answer: no other site frames a page and has somebody click in it, reads an answer as what it is not, or learns what was looked at. */
const HEADERS = [
  { key: "Content-Security-Policy", value: POLICY },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** @type {import("next").NextConfig} */
const nextConfig = {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // To every browser the words for its tab are sent with the page. By themselves, which is for pages that are shown in parts, they come to the tab a third
  // of a second later, and each time a page is read again it has no name until then.
  htmlLimitedBots: /(?:)/,
  // No page has a picture to make smaller: what does that would keep copies of ours beside the program, where nobody looks for what is known of a cluster.
  images: { unoptimized: true },
  // Types are checked by `npm run types`, tests included; a start must not wait for it.
  typescript: { ignoreBuildErrors: true },
  allowedDevOrigins: ["127.0.0.1"],
  // Another lockfile further up must not be taken for the root of this project.
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ["@electric-sql/pglite", "pglite-prisma-adapter", "pg-boss", "pino", "@kubernetes/client-node", "undici"],
  outputFileTracingIncludes: { "/*": ["./prisma/migrations/**/*"] },
  headers: async () => [{ source: "/:path*", headers: HEADERS }],
};

export default nextConfig;
