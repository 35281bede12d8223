/** Trained inpainting networks in ONNX files, run by ONNX Runtime, as models. */
@NullMarked
package org.inpaint4j.onnx;

import org.jspecify.annotations.NullMarked;
