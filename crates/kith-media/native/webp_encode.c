/* Lossy WebP encoding by libwebp, one thread, no metadata chunks. */
#include "codecs.h"

#include <webp/encode.h>

int kith_webp_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality, int method,
                     uint8_t **out, size_t *length) {
  WebPConfig config;
  WebPPicture picture;
  WebPMemoryWriter writer;
  if (!WebPConfigPreset(&config, WEBP_PRESET_PHOTO, quality) || !WebPPictureInit(&picture)) return KITH_INTERNAL;
  config.method = method;
  config.thread_level = 0;
  picture.width = (int)width;
  picture.height = (int)height;
  WebPMemoryWriterInit(&writer);
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &writer;
  int good = WebPPictureImportRGB(&picture, rgb, (int)width * 3) && WebPEncode(&config, &picture);
  WebPPictureFree(&picture);
  if (!good) {
    WebPMemoryWriterClear(&writer);
    return KITH_INTERNAL;
  }
  *out = writer.mem;
  *length = writer.size;
  return KITH_OK;
}

int kith_version_webp(void) { return WebPGetEncoderVersion(); }
