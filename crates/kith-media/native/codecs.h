/* The few calls that Kith makes into C codecs, narrowed to plain buffers.
 *
 * Rules: every function returns 0 or a KITH_* code and never exits, prints or jumps out; buffers that
 * a function hands out are freed with kith_free; no state outlives a call but the AV1 decoder handle. */
#ifndef KITH_CODECS_H
#define KITH_CODECS_H

#include <stddef.h>
#include <stdint.h>

enum {
  KITH_OK = 0,
  KITH_DAMAGED = 1,  /* the input cannot be decoded */
  KITH_MEMORY = 2,   /* the codec ran out of memory, or over the limit given */
  KITH_REFUSED = 3,  /* the input breaks a limit given */
  KITH_INTERNAL = 4, /* the codec refused our own parameters */
};

void kith_free(void *memory);

/* JPEG in (libjpeg-turbo). */
struct kith_jpeg_header {
  uint32_t width, height;
  uint8_t components; /* 1 grey, 3 colour, 4 CMYK or YCCK */
  uint8_t adobe;      /* an Adobe marker is present: CMYK values are stored inverted */
};
int kith_jpeg_header(const uint8_t *data, size_t length, struct kith_jpeg_header *header);

struct kith_jpeg_decode {
  uint32_t eighths;      /* DCT scale: 1..8 */
  uint32_t max_scans;    /* give up after so many scans */
  size_t max_memory;     /* bytes the library may hold */
  uint32_t width, height;/* of the output; must be ceil(size * eighths / 8) */
  uint8_t components;    /* of the output: 1 grey, 3 RGB, 4 CMYK */
  uint32_t warnings;     /* out: defects that the decoder worked around */
};
int kith_jpeg_decode(const uint8_t *data, size_t length, struct kith_jpeg_decode *job, uint8_t *out);

/* JPEG out: progressive, from RGB rows without padding. quality is 1..100. */
int kith_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality,
                     uint8_t **out, size_t *length);

/* AV1 out: one full-range BT.601 key frame without container. quantizer is 0..63. */
struct kith_av1_encode {
  const uint8_t *planes[3];
  uint32_t strides[3];
  uint32_t width, height;
  uint32_t quantizer;
  uint32_t speed; /* 0..9, higher is faster */
  uint32_t halved; /* 1: chroma has half the width and height (4:2:0), 0: all of it (4:4:4) */
};
int kith_av1_encode(const struct kith_av1_encode *job, uint8_t **out, size_t *length);

/* AV1 in: one frame. Planes stay valid until kith_av1_close. */
struct kith_av1_frame {
  void *decoder;
  const uint8_t *planes[3];
  size_t strides[3]; /* bytes */
  uint32_t width, height;
  uint8_t bit_depth, bytes_per_sample, shift_x, shift_y, monochrome, full_range;
  uint8_t primaries, transfer, matrix;
};
int kith_av1_decode(const uint8_t *data, size_t length, uint64_t max_pixels, struct kith_av1_frame *frame);
void kith_av1_close(struct kith_av1_frame *frame);

/* WebP out: lossy, from RGB rows without padding. quality is 0..100, method 0..6. */
int kith_webp_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality, int method,
                     uint8_t **out, size_t *length);

/* Large blocks go back to the system as soon as they are freed, whatever was freed before. */
void kith_release_early(void);

/* Versions, for reports. */
const char *kith_version_av1(void);
int kith_version_webp(void);
int kith_has_jpegli(void);
int kith_has_tune_iq(void);
/* 0 without tune=iq, 1 with its first form, 2 from libaom 3.14 on. */
uint32_t kith_av1_generation(void);

#endif
