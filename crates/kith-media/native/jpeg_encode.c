/* Progressive JPEG encoding: jpegli where it was built, else libjpeg-turbo. Both write the pixels
 * and the tables they need, nothing else: no profile, no comment, no thumbnail. */
#include "codecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#ifdef KITH_HAVE_JPEGLI
#include "lib/jpegli/encode.h"
#define CALL(name) jpegli_##name
#else
#define CALL(name) jpeg_##name
#endif

struct guard {
  struct jpeg_error_mgr manager;
  jmp_buf back;
};

static void on_error(j_common_ptr info) { longjmp(((struct guard *)info->err)->back, 1); }
static void on_message(j_common_ptr info, int level) { (void)info, (void)level; }

#ifdef KITH_HAVE_JPEGLI
/* jpegli's tables were fitted to butteraugli. By SSIMULACRA2 they spend too much on colour differences,
   above all on red: with these factors files of the same score are 6 % smaller (bench/media/README.md).
   The mean of a block stays as it was, and its slopes nearly so: coarser ones show as tinted squares. */
static const float CHROMA[2] = {1.15f, 1.8f};

static void coarsen_chroma(j_compress_ptr info) {
  for (int i = 0; i < 2; i++) {
    UINT16 *values = info->quant_tbl_ptrs[i + 1]->quantval;
    for (int k = 0; k < DCTSIZE2; k++) {
      float factor = k == 0 ? 1.0f : k == 1 || k == DCTSIZE ? 0.5f + 0.5f * CHROMA[i] : CHROMA[i];
      float value = (float)values[k] * factor + 0.5f;
      values[k] = value > 255.0f ? 255 : (UINT16)value;
    }
  }
}
#endif

static void configure(j_compress_ptr info, float quality) {
#ifdef KITH_HAVE_JPEGLI
  /* The library's own mapping from quality to butteraugli distance, in steps finer than one. */
  float distance = quality >= 30.0f ? 0.1f + (100.0f - quality) * 0.09f
                                    : 53.0f / 3000.0f * quality * quality - 23.0f / 20.0f * quality + 25.0f;
  jpegli_set_distance(info, distance, TRUE);
  coarsen_chroma(info);
  jpegli_set_progressive_level(info, 2);
  /* Chroma at full resolution: at equal perceived quality smaller than 4:2:0. */
  for (int i = 0; i < 3; i++) info->comp_info[i].h_samp_factor = info->comp_info[i].v_samp_factor = 1;
#else
  jpeg_set_quality(info, (int)(quality + 0.5f), TRUE);
  jpeg_simple_progression(info);
#endif
  info->optimize_coding = TRUE;
  info->write_JFIF_header = TRUE;
}

int kith_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality,
                     uint8_t **out, size_t *length) {
  struct jpeg_compress_struct info;
  struct guard guard;
  /* volatile: written between setjmp and longjmp. */
  unsigned char *volatile buffer = NULL;
  unsigned char *filled = NULL;
  unsigned long size = 0;
  memset(&info, 0, sizeof info);
  info.err = CALL(std_error)(&guard.manager);
  guard.manager.error_exit = on_error;
  guard.manager.emit_message = on_message;
  if (setjmp(guard.back)) {
    CALL(destroy_compress)(&info);
    free(buffer);
    return KITH_INTERNAL;
  }
  CALL(create_compress)(&info);
  CALL(mem_dest)(&info, &filled, &size);
  info.image_width = width;
  info.image_height = height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  CALL(set_defaults)(&info);
  configure(&info, quality);
  CALL(start_compress)(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = (JSAMPROW)(rgb + (size_t)info.next_scanline * width * 3);
    CALL(write_scanlines)(&info, &row, 1);
  }
  CALL(finish_compress)(&info);
  buffer = filled;
  CALL(destroy_compress)(&info);
  *out = filled;
  *length = size;
  return KITH_OK;
}

int kith_has_jpegli(void) {
#ifdef KITH_HAVE_JPEGLI
  return 1;
#else
  return 0;
#endif
}
