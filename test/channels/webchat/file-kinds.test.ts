import { isRefused, typeOf } from '../../../server/channels/webchat/file-kinds';

const bytes = (hex: string, more = '') => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(more)]);

describe('files a visitor sends', () => {
  it.each([
    ['image/png', bytes('89504e470d0a1a0a0000')], ['image/jpeg', bytes('ffd8ffe0')], ['image/gif', Buffer.from('GIF89a')], ['image/webp', Buffer.concat([Buffer.from('RIFF'), bytes('00000000'), Buffer.from('WEBPVP8')])],
    ['application/pdf', Buffer.from('%PDF-1.7')], ['application/zip', bytes('504b0304')], ['text/plain', Buffer.from('my order number is 4821')], ['application/octet-stream', bytes('000102030405')], ['text/plain', Buffer.alloc(0)],
    ['video/mp4', Buffer.concat([bytes('00000018'), Buffer.from('ftypmp42')])],
  ])('are %s by their content, and taken', (type, content) => {
    expect(typeOf(content)).toBe(type);
    expect(isRefused('thing', type)).toBe(false);
  });

  it.each([
    ['a program', bytes('4d5a9000')], ['a Linux program', bytes('7f454c46')], ['a page', Buffer.from('  <!DOCTYPE html><p>hi')], ['a page with a mark before it', Buffer.from('\uFEFF<html>')],
    ['a picture that runs scripts', Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">')], ['a script', Buffer.from('#!/bin/sh\nrm')], ['text with a script in it', Buffer.from('x <script src=//e>')],
  ])('are refused when they are %s, whatever their name', (_, content) => {
    expect(isRefused('photo.png', typeOf(content))).toBe(true);
  });

  it('are refused when their name would make them run', () => {
    for (const name of ['a.exe', 'a.PDF.HTA', 'a.svg', 'page.html', 'x.js', 'x.lnk ', 'x.exe.']) expect(isRefused(name, 'text/plain')).toBe(true);
    for (const name of ['a.pdf', 'exe', 'notes.txt', 'my.html.zip']) expect(isRefused(name, 'application/pdf')).toBe(false);
  });
});
