export type PageHeaders = { nonce: string; isHttps: boolean; isDev: boolean }

/**
 * The headers of every answer; a route that sets one of them itself wins. Strict-dynamic is left out:
 * under it Chromium refuses the modulepreload links that Remix writes without a nonce.
 */
export function pageHeaders({ nonce, isHttps, isDev }: PageHeaders): Record<string, string> {
  return {
    "Content-Security-Policy": contentPolicy(nonce, isDev),
    ...(isHttps ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
    "X-Content-Type-Options": "nosniff",
    // A stricter one makes browsers send "Origin: null" with forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "X-XSS-Protection": "0",
    "Cache-Control": "no-store",
  }
}

/** Vite's reloading needs inline styles, eval and a socket; nothing of that exists in a built desk. */
function contentPolicy(nonce: string, isDev: boolean) {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${isDev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${isDev ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? " ws:" : ""}`,
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
}
