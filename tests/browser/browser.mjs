// Chromium, started the same way for the tests and for the pictures, and kept off the network.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const EXECUTABLES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const FLAGS = [
  "--no-sandbox", // the tests may run as root in a container, and open nothing but the site just built
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** No name is looked up; the preview's own machine is let through where a test asks for it. */
const OFFLINE = "MAP * ~NOTFOUND";
export const WITH_LOCALHOST = `${OFFLINE}, EXCLUDE localhost`;

/** A telephone, and a desk. */
export const NARROW = 390;
export const WIDTHS = [NARROW, 1280];
export const SCHEMES = ["light", "dark"];

/** Runs `work` with a browser; its settings and its caches live and go with this call. */
export async function withBrowser(work, hosts = OFFLINE) {
  const executablePath = process.env.CHROMIUM ?? EXECUTABLES.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error(`no Chromium: looked for ${EXECUTABLES.join(", ")} and $CHROMIUM`);
  const home = mkdtempSync(join(tmpdir(), "nhiemky-browser-"));
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home };
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, `--host-resolver-rules=${hosts}`], env });
  try {
    return await work(browser);
  } finally {
    await browser.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a reader's device says of itself; motion is off so that a colour is measured at rest. */
export function device(width, colorScheme) {
  const height = width < 600 ? 844 : 800;
  return { viewport: { width, height }, colorScheme, reducedMotion: "reduce", locale: "vi-VN" };
}

export function addressOf(root, path) {
  return pathToFileURL(join(root, path)).href;
}
