package org.inpaint4j.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import org.inpaint4j.onnx.OnnxContract.Element;

/**
 * A tensor that a network is fed.
 *
 * @param input the input's name
 * @param element the type of its elements
 * @param shape its dimensions
 * @param data direct, in the machine's byte order, from position 0 to its limit
 */
record Fed(String input, Element element, List<Long> shape, ByteBuffer data) {}
