/* AV1 still pictures by libaom. One thread: pictures are processed one per process. */
#include "codecs.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include <aom/aom_decoder.h>
#include <aom/aom_encoder.h>
#include <aom/aomcx.h>
#include <aom/aomdx.h>

static int set_controls(aom_codec_ctx_t *codec, const struct kith_av1_encode *job) {
  int failed = 0;
  failed |= aom_codec_control(codec, AOME_SET_CPUUSED, (int)job->speed);
#ifdef KITH_HAVE_TUNE_IQ
  failed |= aom_codec_control(codec, AOME_SET_TUNING, AOM_TUNE_IQ);
#else
  failed |= aom_codec_control(codec, AOME_SET_TUNING, AOM_TUNE_SSIM);
#endif
  failed |= aom_codec_control(codec, AOME_SET_CQ_LEVEL, job->quantizer);
  failed |= aom_codec_control(codec, AV1E_SET_COLOR_RANGE, AOM_CR_FULL_RANGE);
  failed |= aom_codec_control(codec, AV1E_SET_COLOR_PRIMARIES, AOM_CICP_CP_BT_709);
  failed |= aom_codec_control(codec, AV1E_SET_TRANSFER_CHARACTERISTICS, AOM_CICP_TC_SRGB);
  failed |= aom_codec_control(codec, AV1E_SET_MATRIX_COEFFICIENTS, AOM_CICP_MC_BT_601);
  failed |= aom_codec_control(codec, AV1E_SET_ROW_MT, 0);
  return failed;
}

static void describe(aom_image_t *image, const struct kith_av1_encode *job) {
  memset(image, 0, sizeof *image);
  image->fmt = job->halved ? AOM_IMG_FMT_I420 : AOM_IMG_FMT_I444;
  image->w = image->d_w = job->width;
  image->h = image->d_h = job->height;
  image->bit_depth = 8;
  image->x_chroma_shift = image->y_chroma_shift = job->halved;
  image->bps = job->halved ? 12 : 24;
  image->range = AOM_CR_FULL_RANGE;
  image->cp = AOM_CICP_CP_BT_709;
  image->tc = AOM_CICP_TC_SRGB;
  image->mc = AOM_CICP_MC_BT_601;
  for (int i = 0; i < 3; i++) {
    image->planes[i] = (unsigned char *)job->planes[i];
    image->stride[i] = (int)job->strides[i];
  }
}

static int collect(aom_codec_ctx_t *codec, uint8_t **out, size_t *length) {
  aom_codec_iter_t cursor = NULL;
  const aom_codec_cx_pkt_t *packet;
  while ((packet = aom_codec_get_cx_data(codec, &cursor)) != NULL) {
    if (packet->kind != AOM_CODEC_CX_FRAME_PKT) continue;
    uint8_t *grown = realloc(*out, *length + packet->data.frame.sz);
    if (grown == NULL) return KITH_MEMORY;
    memcpy(grown + *length, packet->data.frame.buf, packet->data.frame.sz);
    *out = grown;
    *length += packet->data.frame.sz;
  }
  return KITH_OK;
}

int kith_av1_encode(const struct kith_av1_encode *job, uint8_t **out, size_t *length) {
  aom_codec_ctx_t codec;
  aom_codec_enc_cfg_t config;
  aom_image_t image;
  int code = KITH_INTERNAL;
  *out = NULL;
  *length = 0;
  if (aom_codec_enc_config_default(aom_codec_av1_cx(), &config, AOM_USAGE_ALL_INTRA)) return KITH_INTERNAL;
  config.g_w = job->width;
  config.g_h = job->height;
  config.g_threads = 1;
  config.g_limit = 1;
  config.g_lag_in_frames = 0;
  config.full_still_picture_hdr = 0;
  config.rc_end_usage = AOM_Q;
  /* 4:4:4 belongs to the second profile. */
  config.g_profile = job->halved ? 0 : 1;
  if (aom_codec_enc_init(&codec, aom_codec_av1_cx(), &config, 0)) return KITH_INTERNAL;
  describe(&image, job);
  if (!set_controls(&codec, job) && !aom_codec_encode(&codec, &image, 0, 1, 0)) {
    code = collect(&codec, out, length);
    if (code == KITH_OK && !aom_codec_encode(&codec, NULL, 0, 1, 0)) code = collect(&codec, out, length);
  }
  aom_codec_destroy(&codec);
  if (code == KITH_OK && *length == 0) code = KITH_INTERNAL;
  if (code != KITH_OK) {
    free(*out);
    *out = NULL;
  }
  return code;
}

static void report(const aom_image_t *image, struct kith_av1_frame *frame) {
  for (int i = 0; i < 3; i++) {
    frame->planes[i] = image->planes[i];
    frame->strides[i] = (size_t)image->stride[i];
  }
  frame->width = image->d_w;
  frame->height = image->d_h;
  frame->bit_depth = (uint8_t)image->bit_depth;
  frame->bytes_per_sample = image->fmt & AOM_IMG_FMT_HIGHBITDEPTH ? 2 : 1;
  frame->shift_x = (uint8_t)image->x_chroma_shift;
  frame->shift_y = (uint8_t)image->y_chroma_shift;
  frame->monochrome = (uint8_t)image->monochrome;
  frame->full_range = image->range == AOM_CR_FULL_RANGE;
  frame->primaries = (uint8_t)image->cp;
  frame->transfer = (uint8_t)image->tc;
  frame->matrix = (uint8_t)image->mc;
}

/* The size that the sequence header states, before anything is allocated for it. */
static int check_size(const uint8_t *data, size_t length, uint64_t max_pixels) {
  aom_codec_stream_info_t info;
  memset(&info, 0, sizeof info);
  info.is_annexb = 0;
  if (aom_codec_peek_stream_info(aom_codec_av1_dx(), data, length, &info)) return KITH_DAMAGED;
  return (uint64_t)info.w * info.h > max_pixels ? KITH_REFUSED : KITH_OK;
}

int kith_av1_decode(const uint8_t *data, size_t length, uint64_t max_pixels, struct kith_av1_frame *frame) {
  memset(frame, 0, sizeof *frame);
  int code = check_size(data, length, max_pixels);
  if (code != KITH_OK) return code;
  aom_codec_ctx_t *codec = calloc(1, sizeof *codec);
  if (codec == NULL) return KITH_MEMORY;
  aom_codec_dec_cfg_t config = {.threads = 1, .w = 0, .h = 0, .allow_lowbitdepth = 1};
  if (aom_codec_dec_init(codec, aom_codec_av1_dx(), &config, 0)) {
    free(codec);
    return KITH_INTERNAL;
  }
  frame->decoder = codec;
  aom_codec_iter_t cursor = NULL;
  aom_codec_err_t failed = aom_codec_decode(codec, data, length, NULL);
  const aom_image_t *image = failed ? NULL : aom_codec_get_frame(codec, &cursor);
  if (image == NULL) {
    kith_av1_close(frame);
    return failed == AOM_CODEC_MEM_ERROR ? KITH_MEMORY : KITH_DAMAGED;
  }
  report(image, frame);
  return KITH_OK;
}

void kith_av1_close(struct kith_av1_frame *frame) {
  if (frame->decoder == NULL) return;
  aom_codec_destroy(frame->decoder);
  free(frame->decoder);
  memset(frame, 0, sizeof *frame);
}

void kith_free(void *memory) { free(memory); }

void kith_release_early(void) {
#ifdef M_MMAP_THRESHOLD
  /* glibc raises this by itself to the largest block ever freed, after which planes are cut out of a heap
     that cannot shrink: 12 MB more for a photo. */
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

const char *kith_version_av1(void) { return aom_codec_version_str(); }

uint32_t kith_av1_generation(void) {
#ifdef KITH_HAVE_TUNE_IQ
  return aom_codec_version() >= (3 << 16 | 14 << 8) ? 2 : 1;
#else
  return 0;
#endif
}

int kith_has_tune_iq(void) {
#ifdef KITH_HAVE_TUNE_IQ
  return 1;
#else
  return 0;
#endif
}
