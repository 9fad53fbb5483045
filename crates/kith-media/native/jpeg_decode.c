/* JPEG decoding by libjpeg-turbo, with its DCT scaling. */
#include "codecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

struct guard {
  struct jpeg_error_mgr manager;
  struct jpeg_progress_mgr progress;
  jmp_buf back;
  int code;
  int max_scans;
};

static void on_error(j_common_ptr info) {
  struct guard *guard = (struct guard *)info->err;
  if (guard->code == KITH_OK) {
    int reason = info->err->msg_code;
    guard->code = reason == JERR_OUT_OF_MEMORY || reason == JERR_NO_BACKING_STORE ? KITH_MEMORY : KITH_DAMAGED;
  }
  longjmp(guard->back, 1);
}

/* Counts defects instead of printing them. */
static void on_message(j_common_ptr info, int level) {
  if (level < 0) info->err->num_warnings++;
}

static void on_progress(j_common_ptr info) {
  struct guard *guard = (struct guard *)info->err;
  if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > guard->max_scans) {
    guard->code = KITH_REFUSED;
    longjmp(guard->back, 1);
  }
}

static void watch(j_decompress_ptr info, struct guard *guard, int max_scans) {
  memset(guard, 0, sizeof *guard);
  guard->max_scans = max_scans;
  info->err = jpeg_std_error(&guard->manager);
  guard->manager.error_exit = on_error;
  guard->manager.emit_message = on_message;
  guard->progress.progress_monitor = on_progress;
}

static J_COLOR_SPACE output_space(uint8_t components) {
  if (components == 1) return JCS_GRAYSCALE;
  return components == 3 ? JCS_RGB : JCS_CMYK;
}

int kith_jpeg_header(const uint8_t *data, size_t length, struct kith_jpeg_header *header) {
  struct jpeg_decompress_struct info;
  struct guard guard;
  watch(&info, &guard, 1);
  if (setjmp(guard.back)) {
    jpeg_destroy_decompress(&info);
    return guard.code;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, data, length);
  jpeg_read_header(&info, TRUE);
  header->width = info.image_width;
  header->height = info.image_height;
  header->components = (uint8_t)info.num_components;
  header->adobe = info.saw_Adobe_marker != 0;
  jpeg_destroy_decompress(&info);
  return KITH_OK;
}

int kith_jpeg_decode(const uint8_t *data, size_t length, struct kith_jpeg_decode *job, uint8_t *out) {
  struct jpeg_decompress_struct info;
  struct guard guard;
  watch(&info, &guard, (int)job->max_scans);
  if (setjmp(guard.back)) {
    jpeg_destroy_decompress(&info);
    return guard.code;
  }
  jpeg_create_decompress(&info);
  info.progress = &guard.progress;
  info.mem->max_memory_to_use = (long)job->max_memory;
  jpeg_mem_src(&info, data, length);
  jpeg_read_header(&info, TRUE);
  info.scale_num = job->eighths;
  info.scale_denom = 8;
  info.out_color_space = output_space(job->components);
  info.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&info);
  if (info.output_width != job->width || info.output_height != job->height ||
      info.output_components != job->components) {
    jpeg_destroy_decompress(&info);
    return KITH_REFUSED;
  }
  size_t stride = (size_t)job->width * job->components;
  while (info.output_scanline < info.output_height) {
    JSAMPROW rows[8];
    JDIMENSION wanted = info.output_height - info.output_scanline;
    if (wanted > 8) wanted = 8;
    for (JDIMENSION i = 0; i < wanted; i++) rows[i] = out + (info.output_scanline + i) * stride;
    jpeg_read_scanlines(&info, rows, wanted);
  }
  /* Not jpeg_finish_decompress: what follows the last row (trailers, further pictures) is not read. */
  job->warnings = (uint32_t)info.err->num_warnings;
  jpeg_destroy_decompress(&info);
  return KITH_OK;
}
