/** Gives the pictures that came with a page their addresses here, by the ids of its files in order (links-and-images.ts). */
export const withInlineImages = (html: string, fileIds: readonly number[]) =>
  html.replace(/<img data-inline="(\d{1,4})"/g, (_, place: string) => {
    const id = fileIds[Number(place)]
    return id === undefined ? "<img" : `<img src="/attachments/${id}?inline"`
  })

/** Lets the pictures from elsewhere be fetched. In clean HTML these letters stand nowhere but at the head of such a tag. */
export const withRemoteImages = (html: string) => html.replaceAll('<img data-src="', '<img src="')
