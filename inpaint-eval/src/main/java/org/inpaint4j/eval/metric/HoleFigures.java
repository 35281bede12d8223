package org.inpaint4j.eval.metric;

/**
 * How good one filled hole looks beside the true one, by five figures.
 *
 * <p>PSNR and SSIM alone prefer blur. Read them together with the others: a fill that people
 * believe has a small feature distance, and sharpness and seam near 1.
 *
 * @param psnr PSNR over the hole's samples of all channels, in dB. The mean squared error counts as
 *     at least 1e-9 (on the scale 0 to 255), so it is at most 138.
 * @param ssim the mean over the hole's pixels of the SSIM map of the luma
 * @param featureDistance the distance of SqueezeNet's normalised features in the hole: 0 for equal
 *     pictures, at most 2; NaN if the part of the picture around the hole has a side of fewer than
 *     15 pixels
 * @param sharpness the mean length of the luma's gradient in the fill, divided by that of the
 *     truth: 1 is right, less is blurred; NaN if the truth is flat, or nothing of the hole is left
 *     after eroding it
 * @param seam the same ratio in the ring of two pixels along the hole's edge: more than 1 is a
 *     visible edge, less a smear; NaN if the truth is flat
 */
public record HoleFigures(
    double psnr, double ssim, double featureDistance, double sharpness, double seam) {}
