//! Paints a scene: the air, the land and the water. What stands on them is in `things`.
//!
//! It must never draw a random number: everything follows from the scene's seed.

use super::{
    paint::{Canvas, Colour, Noise, gradient, lighten, mix, rgb},
    scene::{Light, Part, Scene},
};

/// Strength of the grain, in steps of 256: what a phone shows at dusk.
const GRAIN: f32 = 7.0;

/// Paints a scene, far to near, and develops it: rows of red, green, blue.
pub fn paint(scene: &Scene, width: u32, height: u32) -> Vec<u8> {
    let noise = Noise(scene.seed);
    let mut painter = Painter { noise, light: scene.light, canvas: Canvas::new(width, height) };
    painter.sky(scene.sky.map(rgb), scene.horizon);
    for (number, part) in (1..).zip(scene.parts) {
        painter.noise = noise.other(number);
        painter.part(*part);
    }
    painter.canvas.develop(noise, GRAIN)
}

/// A photo that is being painted, with the noise of its present part.
pub(super) struct Painter {
    pub(super) noise: Noise,
    light: Option<Light>,
    pub(super) canvas: Canvas,
}

impl Painter {
    fn part(&mut self, part: Part) {
        match part {
            Part::Clouds { cover, colour } => self.clouds(cover, rgb(colour)),
            Part::Stars { count } => self.stars(count),
            Part::Aurora { colour } => self.aurora(rgb(colour)),
            Part::Hills { top, height, colour } => self.hills(top, height, rgb(colour)),
            Part::Mountains { top, height, colour, snow } => {
                self.mountains(top, height, rgb(colour), rgb(snow));
            }
            Part::Mist { top, colour } => self.mist(top, rgb(colour)),
            Part::Water { top, colour, ripple } => self.water(top, rgb(colour), ripple),
            Part::Conifers { top, height, count, colour } => {
                self.conifers(top, height, count, rgb(colour));
            }
            Part::Trees { top, height, count, colour } => {
                self.trees(top, height, count, rgb(colour));
            }
            Part::City { top, height, colour } => self.city(top, height, rgb(colour)),
            Part::Flowers { top, colour } => self.flowers(top, rgb(colour)),
            Part::Boat { across, top, size } => self.boat(across, top, size),
            Part::Cabin { across, top, size } => self.cabin(across, top, size),
            Part::Balloon { across, top, size, colour } => {
                self.balloon(across, top, size, rgb(colour));
            }
            Part::Snowfall { count } => self.snowfall(count),
        }
    }

    fn sky(&mut self, colours: [Colour; 4], horizon: f32) {
        let aspect = self.canvas.aspect();
        let light = self.light;
        self.canvas.wash(0.0, |y| {
            let air = gradient(&colours, y / horizon);
            move |x, _| match light {
                Some(light) => {
                    let (across, down) = (x - light.across * aspect, y - light.down);
                    let distance = across * across + down * down * 1.6;
                    let near = light.glow / (1.0 + distance * 38.0);
                    mix(air, rgb(light.colour), near * near * 1.2)
                }
                None => air,
            }
        });
        if let Some(light) = self.light {
            let (centre, colour) = ((light.across * aspect, light.down), rgb(light.colour));
            let halo = light.radius * 2.2;
            self.canvas.disc(centre, light.radius, halo, colour, 0.35 * light.glow);
            let white = mix(colour, [255.0; 3], 0.55);
            self.canvas.disc(centre, light.radius, light.radius * 0.06, white, 1.0);
        }
    }

    fn clouds(&mut self, cover: f32, colour: Colour) {
        let noise = self.noise;
        let threshold = 0.72 - cover * 0.34;
        let dark = mix(colour, [60.0, 66.0, 84.0], 0.28);
        self.canvas.wash(0.0, |y| {
            // Clouds are flatter and closer together towards the horizon.
            let (stretch, fade) = (1.4 + 3.0 * y, (1.0 - y * 1.25).clamp(0.0, 1.0));
            move |x, old| {
                if fade <= 0.0 {
                    return old;
                }
                let thick = noise.fractal(x * 2.2 * (0.7 + y), y * 3.4 * stretch) - threshold;
                if thick <= 0.0 {
                    return old;
                }
                let body = mix(colour, dark, thick * 4.5);
                mix(old, body, (thick * 6.5).min(0.92) * fade)
            }
        });
    }

    fn stars(&mut self, count: u16) {
        let (aspect, pixel) = (self.canvas.aspect(), self.canvas.pixel());
        for star in 0..i32::from(count) {
            let place = (self.noise.cell(star, 1) * aspect, self.noise.cell(star, 2) * 0.75);
            let bright = self.noise.cell(star, 3).powi(3);
            let radius = (0.0004 + 0.0011 * bright).max(pixel * 0.4);
            let colour =
                mix([255.0, 244.0, 226.0], [208.0, 224.0, 255.0], self.noise.cell(star, 4));
            self.canvas.disc(place, radius, radius, colour, 0.25 + 0.7 * bright);
        }
    }

    fn aurora(&mut self, colour: Colour) {
        let noise = self.noise;
        let violet = mix(colour, [150.0, 90.0, 220.0], 0.75);
        self.canvas.wash(0.0, |y| {
            move |x, old| {
                let foot =
                    0.34 + 0.20 * (noise.fractal(x * 1.3, 7.0) - 0.5) + 0.05 * (x * 5.0).sin();
                let above = foot - y;
                if above < -0.02 {
                    return old;
                }
                let rays = 0.45 + 0.55 * noise.at(x * 26.0, 3.0) * noise.at(x * 7.0, 5.0) * 2.0;
                let rise = ((above + 0.02) * 40.0).min(1.0) / (1.0 + (above * 5.2).powi(2));
                lighten(old, mix(colour, violet, above * 3.0), rise * rays * 0.62)
            }
        });
    }

    /// The colour of the air at a height, for what is far away.
    pub(super) fn air(&self, top: f32) -> Colour {
        self.canvas.colour(self.canvas.aspect() * 0.5, top - 0.04)
    }

    fn hills(&mut self, top: f32, height: f32, colour: Colour) {
        let (noise, air) = (self.noise, self.air(top));
        let edge = move |x: f32| top + height * (0.5 - noise.fractal(x * 1.7, 0.5)) * 2.0;
        // Snow has blue shadows, earth has dark ones.
        let dark = if colour[2] > 190.0 { [120.0, 142.0, 178.0] } else { [10.0, 14.0, 18.0] };
        self.canvas.below(edge, |x, y, depth| {
            let speck = noise.at(x * 90.0, y * 130.0) * 0.4 + noise.fractal(x * 6.0, y * 14.0);
            let shaded = mix(colour, dark, speck * 0.24);
            mix(mix(shaded, air, 0.20), shaded, depth * 5.0)
        });
    }

    fn mountains(&mut self, top: f32, height: f32, colour: Colour, snow: Colour) {
        let (noise, air) = (self.noise, self.air(top));
        let lit_from_left = self.light.is_none_or(|light| light.across < 0.5);
        let ridge = move |x: f32| {
            let peaks = 1.0 - (noise.fractal(x * 1.6, 0.5) - 0.5).abs() * 4.2;
            let crags = noise.fractal(x * 11.0, 9.0) - 0.5;
            top - height * (peaks * 0.5 + crags * 0.22)
        };
        self.canvas.below(ridge, |x, y, depth| {
            let fold = noise.fractal(x * 7.0 + y * 3.0, y * 5.0)
                - noise.fractal(x * 7.0 + y * 3.0 + 0.12, y * 5.0);
            let side = if lit_from_left { -fold } else { fold };
            let shade = (0.45 + side * 3.4).clamp(0.0, 1.0);
            let line = top + height * (0.05 - 0.5 * (noise.fractal(x * 9.0, y * 9.0) - 0.5));
            let white = ((line - y) * 14.0).clamp(0.0, 1.0);
            let rock = mix(mix(colour, [12.0, 14.0, 22.0], 0.5), colour, shade);
            let drift = mix(mix(snow, [96.0, 116.0, 158.0], 0.45), snow, shade);
            let near = (depth / (height + 0.1)).min(1.0);
            mix(mix(rock, drift, white), air, 0.16 + 0.26 * near)
        });
    }

    fn mist(&mut self, top: f32, colour: Colour) {
        let noise = self.noise;
        self.canvas.wash(top - 0.14, |y| {
            let level = (1.0 - ((y - top) / 0.12).abs()).clamp(0.0, 1.0);
            move |x, old| {
                if level <= 0.0 {
                    return old;
                }
                mix(old, colour, level * (0.30 + 0.62 * noise.fractal(x * 2.0, y * 9.0)))
            }
        });
    }

    fn water(&mut self, top: f32, colour: Colour, ripple: f32) {
        let (noise, aspect, light) = (self.noise, self.canvas.aspect(), self.light);
        let mirror = self.mirrored(top, ripple);
        self.canvas.wash(top, |y| {
            let near = ((y - top) / (1.0 - top)).clamp(0.0, 1.0);
            // Waves are larger towards the front.
            let (wide, wave) = (9.0 / (near + 0.06), 46.0 * (near + 0.03).ln());
            let mirror = &mirror;
            move |x, _| {
                let swell = noise.at(x * wide, wave) * 0.6
                    + noise.other(1).at(x * wide * 2.7, wave * 2.1) * 0.4;
                let shift = (swell - 0.5) * ripple * (0.012 + 0.06 * near);
                let seen = mirror.colour(x + shift * 0.6, 2.0 * top - y - shift);
                let body = mix(seen, colour, 0.24 + 0.40 * near);
                let body = lighten(body, [255.0; 3], (swell - 0.5) * 0.20 * ripple);
                let Some(light) = light else { return body };
                let path = (x - light.across * aspect).abs() / (light.radius * 1.5 + 0.13 * near);
                let glint = (swell - 0.40 - 0.34 * path).max(0.0) * 3.4 * light.glow;
                mix(body, rgb(light.colour), glint.min(0.85))
            }
        });
    }

    /// What is above the water, a little softer.
    fn mirrored(&self, top: f32, ripple: f32) -> Mirror {
        const STEP: f32 = 1.0 / 360.0;
        let columns = steps(self.canvas.aspect() / STEP);
        let rows = steps(top / STEP);
        let reach = 0.004 + 0.006 * ripple;
        let mut colours = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let (x, y) = (length(column) * STEP, length(row) * STEP);
                let pair =
                    [y - reach, y + reach].map(|y| self.canvas.colour(x, y.min(top - 0.002)));
                colours.push(mix(pair[0], pair[1], 0.5));
            }
        }
        Mirror { columns, rows, colours, step: STEP }
    }
}

/// What water mirrors, at a size that softens it.
struct Mirror {
    columns: usize,
    rows: usize,
    colours: Vec<Colour>,
    step: f32,
}

impl Mirror {
    fn colour(&self, x: f32, y: f32) -> Colour {
        let column = steps(x / self.step).min(self.columns - 1);
        let row = steps(y / self.step).min(self.rows - 1);
        self.colours[row * self.columns + column]
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a negative number of steps is none, and no canvas has billions"
)]
fn steps(length: f32) -> usize {
    length.max(0.0) as usize
}

#[expect(clippy::cast_precision_loss, reason = "no canvas has millions of steps")]
fn length(steps: usize) -> f32 {
    steps as f32
}
