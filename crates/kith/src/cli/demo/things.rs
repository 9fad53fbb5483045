//! Paints what stands, swims and flies in a landscape.
//!
//! It must never draw a random number: everything follows from the noise of its part.

use super::{
    paint::{Colour, Noise, lighten, mix},
    painter::Painter,
};

impl Painter {
    pub(super) fn conifers(&mut self, top: f32, height: f32, count: u16, colour: Colour) {
        let aspect = self.canvas.aspect();
        for tree in 0..i32::from(count) {
            let draw = |which| self.noise.cell(tree, which);
            let across = (length_of(tree) + 0.2 + 0.6 * draw(1)) / f32::from(count) * aspect;
            let tall = height * (0.55 + 0.6 * draw(2));
            let foot = top + 0.02 * (draw(3) - 0.5) + 0.004;
            let shade = mix(colour, [0.0; 3], 0.25 * draw(4));
            let mut outline = vec![(across, foot - tall)];
            let mut left = Vec::new();
            for tier in 1_u8..=6 {
                let down = f32::from(tier) / 6.0;
                let half = tall * 0.20 * down * (0.9 + 0.25 * draw(10 + i32::from(tier)));
                let level = foot - tall * (1.0 - down);
                outline.push((across + half, level));
                outline.push((across + half * 0.55, level - tall * 0.012));
                left.push((across - half, level));
                left.push((across - half * 0.55, level - tall * 0.012));
            }
            left.reverse();
            outline.extend(left);
            self.canvas.polygon(&outline, shade, 1.0);
        }
    }

    pub(super) fn trees(&mut self, top: f32, height: f32, count: u16, colour: Colour) {
        let aspect = self.canvas.aspect();
        for tree in 0..i32::from(count) {
            let draw = |which| self.noise.cell(tree, which);
            let across = (length_of(tree) + 0.15 + 0.7 * draw(1)) / f32::from(count) * aspect;
            let tall = height * (0.65 + 0.5 * draw(2));
            let foot = top + 0.02 * draw(3);
            let trunk = mix(colour, [34.0, 24.0, 20.0], 0.8);
            let half = tall * 0.03;
            let corners = [
                (across - half, foot),
                (across - half * 0.6, foot - tall * 0.6),
                (across + half * 0.6, foot - tall * 0.6),
                (across + half, foot),
            ];
            self.canvas.polygon(&corners, trunk, 1.0);
            for leaf in 0..90 {
                let cell = |which| self.noise.other(9).cell(tree * 97 + leaf, which);
                let (turn, reach) = (cell(1) * std::f32::consts::TAU, cell(2).sqrt() * 0.34);
                let centre = (
                    across + turn.cos() * reach * tall,
                    foot - tall * 0.66 + turn.sin() * reach * tall * 0.85,
                );
                let lit = 0.5 - turn.sin() * reach * 1.3;
                let dark = mix(colour, [16.0, 18.0, 16.0], 0.55);
                let shade =
                    mix(dark, lighten(colour, [255.0, 240.0, 190.0], 0.10), lit * cell(3) * 1.6);
                self.canvas.disc(centre, tall * (0.03 + 0.04 * cell(4)), tall * 0.012, shade, 0.85);
            }
        }
    }

    pub(super) fn city(&mut self, top: f32, height: f32, colour: Colour) {
        for (row, share) in [(0, 1.0_f32), (1, 0.62)] {
            let base = if row == 0 { mix(colour, self.air(top), 0.30) } else { colour };
            let (noise, mut left) = (self.noise.other(row), -0.02);
            let mut house = 0;
            while left < self.canvas.aspect() {
                let draw = |which| noise.cell(house, which);
                let wide = height * (0.16 + 0.20 * draw(1));
                let tall = height * share * (0.35 + 0.65 * draw(2) * draw(3).sqrt() + 0.1);
                self.house(left, top - tall, wide, top, mix(base, [0.0; 3], 0.25 * draw(4)));
                left += wide * (0.94 + 0.3 * draw(5));
                house += 1;
            }
        }
    }

    fn house(&mut self, left: f32, roof: f32, wide: f32, foot: f32, colour: Colour) {
        let right = left + wide;
        self.canvas.polygon(
            &[(left, roof), (right, roof), (right, foot), (left, foot)],
            colour,
            1.0,
        );
        let (step, size) = (0.0135, 0.0058);
        let windows = Noise((left.to_bits() ^ roof.to_bits()).rotate_left(7));
        let mut level = roof + step;
        let mut floor = 0;
        while level + size < foot {
            let mut across = left + step * 0.6;
            let mut column = 0;
            while across + size < right {
                let lit = windows.cell(column, floor);
                if lit > 0.55 {
                    let warm = mix(
                        [255.0, 196.0, 112.0],
                        [232.0, 236.0, 255.0],
                        windows.cell(floor, column + 50).powi(3),
                    );
                    let corners = [
                        (across, level),
                        (across + size, level),
                        (across + size, level + size * 1.25),
                        (across, level + size * 1.25),
                    ];
                    self.canvas.polygon(&corners, warm, 0.55 + (lit - 0.55));
                }
                across += step;
                column += 1;
            }
            level += step * 1.15;
            floor += 1;
        }
    }

    pub(super) fn flowers(&mut self, top: f32, colour: Colour) {
        let aspect = self.canvas.aspect();
        for flower in 0..1500 {
            let draw = |which| self.noise.cell(flower, which);
            let near = (length_of(flower) / 1500.0).powf(0.8);
            let place = (draw(1) * aspect, top + (1.0 - top) * near + 0.01 * draw(2));
            let size = 0.0012 + 0.0075 * near * (0.5 + draw(3));
            let stem = size * 3.2;
            let green = mix([74.0, 110.0, 52.0], [128.0, 150.0, 70.0], draw(4));
            let blade = [
                (place.0 - size * 0.18, place.1 + stem),
                (place.0, place.1),
                (place.0 + size * 0.18, place.1 + stem),
            ];
            self.canvas.polygon(&blade, green, 0.9);
            let petal = mix(colour, [255.0, 250.0, 240.0], 0.55 * draw(5).powi(2));
            self.canvas.disc(place, size * 0.8, size * 0.35, petal, 0.95);
            self.canvas.disc(
                place,
                size * 0.25,
                size * 0.1,
                mix(petal, [60.0, 34.0, 20.0], 0.7),
                0.9,
            );
        }
    }

    pub(super) fn boat(&mut self, across: f32, top: f32, size: f32) {
        let x = across * self.canvas.aspect();
        let at = |dx: f32, dy: f32| (x + dx * size, top + dy * size);
        let (hull, sail) = ([44.0, 36.0, 40.0], [246.0, 240.0, 228.0]);
        self.canvas.polygon(
            &[at(-0.30, 0.0), at(0.34, 0.0), at(0.22, 0.10), at(-0.22, 0.10)],
            hull,
            1.0,
        );
        self.canvas.polygon(
            &[at(0.0, -0.98), at(0.02, -0.98), at(0.02, 0.0), at(0.0, 0.0)],
            hull,
            1.0,
        );
        self.canvas.polygon(&[at(0.03, -0.95), at(0.33, -0.07), at(0.03, -0.07)], sail, 1.0);
        self.canvas.polygon(
            &[at(-0.01, -0.80), at(-0.01, -0.07), at(-0.24, -0.07)],
            mix(sail, hull, 0.18),
            1.0,
        );
        self.canvas.polygon(
            &[at(0.03, 0.12), at(0.26, 0.12), at(0.05, 0.55), at(-0.02, 0.55)],
            sail,
            0.22,
        );
    }

    pub(super) fn cabin(&mut self, across: f32, top: f32, size: f32) {
        let x = across * self.canvas.aspect();
        let at = |dx: f32, dy: f32| (x + dx * size, top + dy * size);
        let (wall, roof, light) =
            ([70.0, 44.0, 34.0], [226.0, 232.0, 242.0], [255.0, 204.0, 112.0]);
        self.canvas.disc(at(0.0, -0.2), size * 0.5, size * 1.1, light, 0.16);
        self.canvas.polygon(
            &[at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.02), at(-0.5, 0.02)],
            wall,
            1.0,
        );
        self.canvas.polygon(
            &[at(0.24, -1.05), at(0.36, -1.05), at(0.36, -0.6), at(0.24, -0.6)],
            mix(wall, roof, 0.3),
            1.0,
        );
        self.canvas.polygon(&[at(0.0, -1.0), at(0.64, -0.44), at(-0.64, -0.44)], roof, 1.0);
        for left in [-0.34, 0.06] {
            let pane =
                [at(left, -0.36), at(left + 0.26, -0.36), at(left + 0.26, -0.10), at(left, -0.10)];
            self.canvas.polygon(&pane, light, 1.0);
        }
    }

    pub(super) fn balloon(&mut self, across: f32, top: f32, size: f32, colour: Colour) {
        let x = across * self.canvas.aspect();
        let gores = [(-1.0_f32, -0.55), (-0.55, -0.1), (-0.1, 0.35), (0.35, 0.75), (0.75, 1.0)];
        for (number, (from, to)) in (0_u8..).zip(gores) {
            let shade =
                if number % 2 == 0 { colour } else { mix(colour, [255.0, 246.0, 228.0], 0.7) };
            let lit = mix(shade, [20.0, 16.0, 30.0], 0.12 * f32::from(number));
            // From the crown down one seam and up the other.
            let seam = |side: f32| {
                (0_u8..=12).map(move |step| {
                    let turn = f32::from(step) / 12.0 * std::f32::consts::PI;
                    let narrow = if turn > 1.9 { 1.0 - (turn - 1.9) * 0.28 } else { 1.0 };
                    (x + side * turn.sin() * size * 0.5 * narrow, top - turn.cos() * size * 0.58)
                })
            };
            let outline: Vec<_> = seam(from).chain(seam(to).rev()).collect();
            self.canvas.polygon(&outline, lit, 1.0);
        }
        let at = |dx: f32, dy: f32| (x + dx * size, top + dy * size);
        let basket = [62.0, 42.0, 30.0];
        self.canvas.polygon(
            &[at(-0.08, 0.74), at(0.08, 0.74), at(0.06, 0.88), at(-0.06, 0.88)],
            basket,
            1.0,
        );
        for side in [-0.07, 0.07] {
            self.canvas.polygon(
                &[at(side, 0.56), at(side + 0.008, 0.56), at(side + 0.008, 0.75), at(side, 0.75)],
                basket,
                0.8,
            );
        }
    }

    pub(super) fn snowfall(&mut self, count: u16) {
        let aspect = self.canvas.aspect();
        for flake in 0..i32::from(count) {
            let draw = |which| self.noise.cell(flake, which);
            let place = (draw(1) * aspect, draw(2));
            let near = draw(3).powi(4);
            let size = 0.0012 + 0.007 * near;
            self.canvas.disc(place, size * 0.4, size, [250.0, 252.0, 255.0], 0.75 - 0.35 * near);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are never millions of trees")]
fn length_of(number: i32) -> f32 {
    number as f32
}
