import fc from 'fast-check';
import { contrast, fill, readable } from '../../widget/frame/colour';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((bits) => `#${bits.toString(16).padStart(6, '0')}`);

describe('the company\'s colour', () => {
  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#0f766e', '#0f766e')).toBe(1);
  });

  it('gives every fill an ink that reaches AA', () => {
    fc.assert(fc.property(hex, (colour) => {
      const { brand, ink } = fill(colour);
      expect(contrast(brand, ink)).toBeGreaterThanOrEqual(4.5);
    }));
  });

  it('leaves a colour alone that can be read, and moves one that cannot until it can', () => {
    expect(fill('#0f766e')).toEqual({ brand: '#0f766e', ink: '#ffffff' });
    expect(fill('#ffd400')).toEqual({ brand: '#ffd400', ink: '#111111' });
    fc.assert(fc.property(hex, fc.constantFrom('#ffffff', '#16191d'), (colour, ground) => {
      expect(contrast(readable(colour, ground, 4.5), ground)).toBeGreaterThanOrEqual(4.5);
    }));
    expect(readable('#0f766e', '#ffffff', 4.5)).toBe('#0f766e');
  });
});
