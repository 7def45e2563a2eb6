import MarkdownIt from "markdown-it"

/**
 * What an agent types, as HTML for mail and screen. Tags they type stay text; a script address is no link; images are
 * left out, since one from elsewhere would tell its server who reads the mail and when.
 */
export function htmlFromMarkdown(text: string) {
  return markdown.render(text)
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable("image")

// The words around a link must be able to open it without handing over the page they stand on.
markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  tokens[index]?.attrSet("rel", "noopener noreferrer nofollow")
  tokens[index]?.attrSet("target", "_blank")
  return renderer.renderToken(tokens, index, options)
}
