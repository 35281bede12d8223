"""The completion network of 64x64, its second stage of 128x128, and their discriminator (after Pathak et al. 2016 and Isola
et al. 2017).

Every layer has a fast form in the product's engine: convolution 4x4 stride 2, transposed convolution 4x4, batch norm,
concatenation, leaky ReLU, ReLU, tanh.

Input of both: [N,4,S,S], planes 0..2 = the known pixels in -1..1 with 0 in the hole, plane 3 = mask (1 known, 0 hole);
z [N,16] standard normal; output [N,3,S,S] in -1..1, the whole picture.

The generators see these planes a second time, mirrored: faces come upright and centred, so that what is covered on one side
is often known on the other, in nearly the same place of the mirrored picture. Networks without them (mirrored=False) are
those of older weights.
"""
import torch
from torch import nn
from torch.nn import functional as F

LATENT = 16
# channels after each convolution of stride 2, from the first down to 4x4; then of each transposed one from 4x4 up
DOWN = (32, 64, 128, 192)
UP = (192, 128, 64, 48, 24)
BOTTLENECK = 256


class Weave(torch.autograd.Function):
    """[N,4C,H+1,W+1] to [N,C,2H,2W]: the four groups of channels are the four parities of rows and columns."""

    @staticmethod
    def forward(ctx, t):
        n, c, h, w = t.shape
        c //= 4
        out = torch.empty(n, c, 2 * h - 2, 2 * w - 2, dtype=t.dtype, memory_format=torch.channels_last)
        for k in range(4):
            p, q = k >> 1, k & 1
            out[:, :, p::2, q::2] = t[:, k * c:(k + 1) * c, p:h - 1 + p, q:w - 1 + q]
        return out

    @staticmethod
    def backward(ctx, g):
        n, c, h, w = g.shape
        h, w = h // 2 + 1, w // 2 + 1
        t = torch.empty(n, 4 * c, h, w, dtype=g.dtype, memory_format=torch.channels_last).zero_()
        for k in range(4):
            p, q = k >> 1, k & 1
            t[:, k * c:(k + 1) * c, p:h - 1 + p, q:w - 1 + q] = g[:, :, p::2, q::2]
        return t


class Up(nn.ConvTranspose2d):
    """A transposed convolution 4x4, stride 2, padding 1, computed as one 2x2 convolution to four times the
    channels whose results are woven together: the same sums, several times as fast in this libtorch."""

    def __init__(self, channels, n, bias=False):
        super().__init__(channels, n, 4, 2, 1, bias=bias)

    def forward(self, x):
        if x.is_cuda:
            return super().forward(x)
        # row 2a of the answer sees rows a-1 (kernel row 3) and a (1); row 2a+1 sees a (2) and a+1 (0)
        i, o = self.weight.shape[:2]
        w = self.weight.flip(2, 3).view(i, o, 2, 2, 2, 2).permute(3, 5, 1, 0, 2, 4).reshape(4 * o, i, 2, 2)
        y = Weave.apply(F.conv2d(x, w, padding=1))
        return y if self.bias is None else y + self.bias[:, None, None]


def attention(x, mask):
    """Contextual attention (Yu et al. 2018): at each place the mean of the known places, by the softmax of 10 times the cosine
    of both 3x3 neighbourhoods. x [N,C,H,W], mask [N,1,4H,4W]; a place is known if all its pixels are."""
    n, c, h, w = x.shape
    known = (F.avg_pool2d(mask, 4) == 1).to(x.dtype).view(n, 1, h * w)
    t = F.unfold(x, 3, padding=1)
    t = t / (t.square().sum(1, keepdim=True) + 1e-6).sqrt()
    share = torch.softmax(10 * t.transpose(1, 2) @ t + (known - 1) * 1e4, 2)
    return (x.reshape(n, c, h * w) @ share.transpose(1, 2)).view(n, c, h, w)


VARIANTS = ('context-encoder', 'skips', 'gated', 'attention', 'edges')


def gray(pictures):
    r, g, b = pictures.unbind(1)
    return (.299 * r + .587 * g + .114 * b)[:, None]


def edge_map(pictures, mask):
    """[N,3,H,W], [N,1,H,W] -> [N,1,H,W]: tanh of twice the gradient of the gray (Sobel's, a quarter of its usual size), 0 where
    one of the 3x3 pixels is not known and at the border."""
    t = F.pad(gray(pictures), (1, 1, 1, 1))
    rows, columns = (t[:, :, :-2] + t[:, :, 2:]) / 4 + t[:, :, 1:-1] / 2, (t[..., :-2] + t[..., 2:]) / 4 + t[..., 1:-1] / 2
    square = (rows[..., 2:] - rows[..., :-2]).square() + (columns[:, :, 2:] - columns[:, :, :-2]).square()
    known = F.pad((F.avg_pool2d(mask, 3, 1) > .99).to(mask.dtype), (1, 1, 1, 1))
    return torch.tanh(2 * (square + 1e-8).sqrt()) * known


def both_sides(x, mirrored):
    return torch.cat([x, x.flip(3)], 1) if mirrored else x


class Generator(nn.Module):
    """variant: 'skips', or 'context-encoder' (Pathak et al. 2016: no skips), 'gated' (Yu et al. 2019: each convolution of encoder
    and decoder times a gate of its own), 'attention' (at a quarter of the size, the known places are attended to)."""

    def __init__(self, mirrored=True, variant='skips', down=DOWN, up=UP, bottleneck=BOTTLENECK, latent=LATENT, once=4, outputs=3):
        super().__init__()
        self.mirrored, self.variant = mirrored, variant
        planes = 2 * once if mirrored else once
        skips, gated = variant != 'context-encoder', variant == 'gated'
        self.down = nn.ModuleList()
        if gated:
            self.down_gate = nn.ModuleList(nn.Conv2d(c, n, 4, 2, 1) for c, n in zip((planes,) + tuple(down), down))
            self.up_gate = nn.ModuleList([nn.Identity()])
        self.down_norm = nn.ModuleList()
        channels = planes
        for i, n in enumerate(down):
            self.down.append(nn.Conv2d(channels, n, 4, 2, 1, bias=i == 0))
            self.down_norm.append(nn.Identity() if i == 0 else nn.BatchNorm2d(n))
            channels = n
        # no batch norm here: at 1x1 its figures would come from as few numbers as there are pictures in the batch
        self.bottleneck = nn.Conv2d(channels, bottleneck, 4, 1, 0)
        self.up = nn.ModuleList([nn.ConvTranspose2d(bottleneck + latent, up[0], 4, 1, 0, bias=False)])
        self.up_norm = nn.ModuleList([nn.BatchNorm2d(up[0])])
        channels = up[0]
        for n, skip in zip(up[1:], reversed(down)):
            self.up.append(Up(channels + skip * skips, n))
            if gated:
                self.up_gate.append(Up(channels + skip, n, bias=True))
            self.up_norm.append(nn.BatchNorm2d(n))
            channels = n
        self.attentive = len(down) - 2 if variant == 'attention' else -1
        if variant == 'attention':
            n = up[self.attentive]
            self.attention = nn.Conv2d(2 * n, n, 3, 1, 1, bias=False)
            self.attention_norm = nn.BatchNorm2d(n)
        self.last = nn.Conv2d(channels + planes * skips, outputs, 3, 1, 1)

    def forward(self, x, z):
        return torch.tanh(self.before(x, z))

    def before(self, x, z):
        mask = x[:, 3:]
        x = both_sides(x, self.mirrored)
        with_skips, gated = self.variant != 'context-encoder', self.variant == 'gated'
        skips, t = [], x
        for i, (conv, norm) in enumerate(zip(self.down, self.down_norm)):
            f = F.leaky_relu(norm(conv(t)), 0.2)
            t = f * torch.sigmoid(self.down_gate[i](t)) if gated else f
            skips.append(t)
        t = F.leaky_relu(self.bottleneck(t), 0.2)
        t = torch.cat([t, z[:, :, None, None]], 1)
        for i, (deconv, norm) in enumerate(zip(self.up, self.up_norm)):
            if i > 0 and with_skips:
                t = torch.cat([t, skips.pop()], 1)
            f = F.relu(norm(deconv(t)))
            t = f * torch.sigmoid(self.up_gate[i](t)) if gated and i > 0 else f
            if i == self.attentive:
                t = F.relu(self.attention_norm(self.attention(torch.cat([t, attention(t, mask)], 1))))
        return self.last(torch.cat([t, x], 1) if with_skips else t)


class EdgesFirst(Generator):
    """The two networks of EdgeConnect (Nazeri et al. 2019) at once: the first, of half the channels, expects the edges in the hole,
    the second sees them. expected: the edges of the last call, [N,1,S,S]."""

    def __init__(self, mirrored=True, down=DOWN, up=UP, bottleneck=BOTTLENECK, latent=LATENT):
        super().__init__(mirrored, 'edges', down, up, bottleneck, latent, 5)
        half = [tuple((n + 1) // 2 for n in t) for t in (down, up, (bottleneck,))]
        self.edges = Generator(mirrored, 'edges', half[0], half[1], half[2][0], latent, 3, 1)

    def forward(self, x, z):
        mask = x[:, 3:]
        there = edge_map(x[:, :3], mask)
        self.expected = torch.sigmoid(self.edges.before(torch.cat([gray(x[:, :3]), there, mask], 1), z))
        edges = there * mask + self.expected * (1 - mask)
        return torch.tanh(self.before(torch.cat([x, edges], 1), z))


class Refiner(nn.Module):
    """The second stage: [N,4,128,128] known pixels and mask, [N,3,128,128] the first stage's answer enlarged -> that answer
    with its details, not clamped. The level of 128 pixels has three channels only, as all others would cost more there than
    the rest of the network."""

    def __init__(self, mirrored=True):
        super().__init__()
        self.mirrored = mirrored
        self.down = nn.ModuleList()
        self.down_norm = nn.ModuleList()
        channels = 11 if mirrored else 7
        for i, n in enumerate((32, 64, 128, 128)):
            self.down.append(nn.Conv2d(channels, n, 4, 2, 1, bias=i == 0))
            self.down_norm.append(nn.Identity() if i == 0 else nn.BatchNorm2d(n))
            channels = n
        self.up = nn.ModuleList([Up(128, 128), Up(256, 64), Up(128, 32)])
        self.up_norm = nn.ModuleList([nn.BatchNorm2d(n) for n in (128, 64, 32)])
        self.middle = nn.Conv2d(64, 32, 3, 1, 1, bias=False)
        self.middle_norm = nn.BatchNorm2d(32)
        self.last = Up(32, 3)

    def forward(self, x, coarse):
        skips, t = [], torch.cat([both_sides(x, self.mirrored), coarse], 1)
        for conv, norm in zip(self.down, self.down_norm):
            t = F.leaky_relu(norm(conv(t)), 0.2)
            skips.append(t)
        t = skips.pop()
        for deconv, norm in zip(self.up, self.up_norm):
            t = torch.cat([F.relu(norm(deconv(t))), skips.pop()], 1)
        t = F.relu(self.middle_norm(self.middle(t)))
        return coarse + self.last(t)


class TwoStages(nn.Module):
    """A trained first stage and the second; called as the first alone is, at 128 pixels. The first stays as it is until join();
    its batch norm keeps its figures even then. both_ways: the first stage is asked about the picture and about its mirror image,
    and the second is shown the mean of the two answers."""

    def __init__(self, first, mirrored=True, both_ways=False):
        super().__init__()
        self.first = first.eval().requires_grad_(False)
        self.refiner = Refiner(mirrored)
        self.joint = False
        if both_ways:
            self.register_buffer('both_ways', torch.ones(1))

    def join(self):
        """From now on the first stage learns with the second. Gives its parameters."""
        self.joint = True
        return list(self.first.requires_grad_(True).parameters())

    def train(self, mode=True):
        super().train(mode)
        self.first.eval()
        return self

    def coarse(self, x, z):
        """Reduced as the product reduces: a pixel is known where at least half of those under it are, and is their mean."""
        share = F.avg_pool2d(x[:, 3:], 2)
        mask = (share >= .5).float()
        known = F.avg_pool2d(x[:, :3], 2) / share.clamp(min=.25) * mask
        asked = torch.cat([known, mask], 1)
        if hasattr(self, 'both_ways'):
            one, two = self.first(torch.cat([asked, asked.flip(3)]), torch.cat([z, z])).chunk(2)
            answer = (one + two.flip(3)) / 2
        else:
            answer = self.first(asked, z)
        return F.interpolate(answer, scale_factor=2, mode='bilinear', align_corners=False)

    def forward(self, x, z):
        with torch.set_grad_enabled(self.joint and torch.is_grad_enabled()):
            coarse = self.coarse(x, z).contiguous(memory_format=torch.channels_last)
        return self.refiner(x, coarse)


class Discriminator(nn.Module):
    """Input [N,4,S,S]: the composited picture in -1..1 and the mask. Gives the logit of the whole picture [N],
    a map of logits of patches [N,1,S/8,S/8] (each sees 22 px), and the features for the matching loss. Spectral norm (Miyato et
    al. 2018) on all but the two heads. The logits are larger so (.5 and -.35 against .25 and -.2, with other options changed at
    the same time); fills did not become measurably sharper by it."""

    def __init__(self, size=64, widths=None):
        super().__init__()
        sn = nn.utils.spectral_norm
        self.convs = nn.ModuleList()
        channels, widths = 4, widths or ((48, 96, 192, 384) if size == 64 else (32, 64, 128, 192, 384))
        for n in widths:
            self.convs.append(sn(nn.Conv2d(channels, n, 4, 2, 1)))
            channels = n
        self.patch = nn.Conv2d(widths[2], 1, 1)
        self.whole = nn.Conv2d(channels, 1, 4)

    def forward(self, x):
        features = []
        for conv in self.convs:
            x = F.leaky_relu(conv(x), 0.2)
            features.append(x)
        return self.whole(x).flatten(), self.patch(features[2]), features


def initialise(module, generator):
    """Weights from N(0, .02) as the DCGAN's, batch norm's scale from N(1, .02), all drawn from one generator."""
    for m in module.modules():
        if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d)):
            w = m.weight_orig if hasattr(m, 'weight_orig') else m.weight
            w.data.copy_(torch.randn(w.shape, generator=generator) * 0.02)
            if m.bias is not None:
                m.bias.data.zero_()
        elif isinstance(m, nn.BatchNorm2d):
            m.weight.data.copy_(1 + torch.randn(m.weight.shape, generator=generator) * 0.02)
    return module


def load_weights(network, weights):
    """Those of a state or a file; files have no counts of batch norm's batches. Ends the program if they are another network's."""
    missing = network.load_state_dict(weights, strict=False)
    if missing.unexpected_keys or any(not k.endswith('num_batches_tracked') for k in missing.missing_keys):
        raise SystemExit('weights must be those of networks.py: %s' % (missing,))


def generator_of(weights):
    """The network of 64 pixels or of both stages that weights (of a state or a file) belong to."""
    def mirrored(name, planes):
        return weights[name].shape[1] == planes
    if 'first.down.0.weight' in weights:
        return TwoStages(Generator(mirrored('first.down.0.weight', 8)), mirrored('refiner.down.0.weight', 11), 'both_ways' in weights)
    if 'edges.down.0.weight' in weights:
        return EdgesFirst(mirrored('down.0.weight', 10))
    up, skip = weights['up.1.weight'].shape[0], weights['up.0.weight'].shape[1]
    variant = ('gated' if 'down_gate.0.weight' in weights else 'attention' if 'attention.weight' in weights
               else 'context-encoder' if up == skip else 'skips')
    return Generator(mirrored('down.0.weight', 8), variant)
