{ Texts and amounts at the border of the library: UTF-8 and whole minor units there, string and Currency here.
  ComgateTerminal does this by itself; a program needs it for calls of its own on ComgateTerminalApi. }
unit ComgateTerminalText;

{$I ComgateTerminal.inc}

interface

type
  { Bytes that are not text yet, such as a receipt in the code page of a printer. }
  TCgtBytes = {$IFDEF CGT_CODE_PAGES}RawByteString{$ELSE}AnsiString{$ENDIF};

{ A string as the library wants it. In a Delphi whose string is AnsiString it is in the code page of Windows. }
function CgtToUtf8(const Text: string): UTF8String;

{ A text of the library as a string. In a Delphi whose string is AnsiString, a letter that the code page of Windows does
  not have becomes the most similar one that it has, or a question mark. }
function CgtFromUtf8(const Text: UTF8String): string;

{ A text in a buffer of the library. To assign the pointer would take it for ANSI. }
function CgtFromPointer(Text: PAnsiChar): UTF8String;

{ An amount in minor units, exactly: 125.50 is 12550. False where it has a remainder that no coin can pay, as 0.005. }
function CgtToMinor(Amount: Currency; out Minor: Int64): Boolean;

{ The other way round. }
function CgtToCurrency(Minor: Int64): Currency;

implementation

uses
  {$IFNDEF UNICODE}{$IFDEF MSWINDOWS}Windows,{$ENDIF}{$ENDIF} SysUtils;

{$IFDEF UNICODE}

function CgtToUtf8(const Text: string): UTF8String;
begin
  Result := UTF8Encode(Text);
end;

function CgtFromUtf8(const Text: UTF8String): string;
begin
  Result := UTF8Decode(Text);
end;

{$ELSE}
{$IFDEF CGT_STRINGS_ARE_UTF8}

// By pointer, so that the compiler converts nothing.
function CgtToUtf8(const Text: string): UTF8String;
begin
  SetString(Result, PAnsiChar(Text), Length(Text));
end;

function CgtFromUtf8(const Text: UTF8String): string;
begin
  SetString(Result, PAnsiChar(Text), Length(Text));
end;

{$ELSE}

{ Delphi 7 has functions for this, but they write letters outside the first plane in another way than UTF-8. }

function ToWide(CodePage: Cardinal; Text: PAnsiChar; Count: Integer): WideString;
begin
  SetLength(Result, MultiByteToWideChar(CodePage, 0, Text, Count, nil, 0));
  MultiByteToWideChar(CodePage, 0, Text, Count, PWideChar(Result), Length(Result));
end;

function SizeIn(CodePage: Cardinal; const Wide: WideString): Integer;
begin
  Result := WideCharToMultiByte(CodePage, 0, PWideChar(Wide), Length(Wide), nil, 0, nil, nil);
end;

procedure FromWide(CodePage: Cardinal; const Wide: WideString; Buffer: PAnsiChar; Size: Integer);
begin
  WideCharToMultiByte(CodePage, 0, PWideChar(Wide), Length(Wide), Buffer, Size, nil, nil);
end;

{ The code page of strings: that of Windows, but a program of Free Pascal may have chosen another. }
function StringPage: Cardinal;
begin
  Result := {$IFDEF FPC}DefaultSystemCodePage{$ELSE}CP_ACP{$ENDIF};
end;

{ The code page of one string: in Free Pascal each may have its own, such as a literal that of its source. }
function PageOf(const Text: string): Cardinal;
begin
  {$IFDEF FPC}
  Result := StringCodePage(Text);
  if Result = CP_ACP then
  {$ENDIF}
    Result := StringPage;
end;

function CgtToUtf8(const Text: string): UTF8String;
var
  Wide: WideString;
begin
  Wide := ToWide(PageOf(Text), PAnsiChar(Text), Length(Text));
  SetLength(Result, SizeIn(CP_UTF8, Wide));
  FromWide(CP_UTF8, Wide, PAnsiChar(Result), Length(Result));
end;

function CgtFromUtf8(const Text: UTF8String): string;
var
  Wide: WideString;
begin
  Wide := ToWide(CP_UTF8, PAnsiChar(Text), Length(Text));
  // What was in Result before could leave it another code page.
  Result := '';
  SetLength(Result, SizeIn(StringPage, Wide));
  FromWide(StringPage, Wide, PAnsiChar(Result), Length(Result));
end;

{$ENDIF}
{$ENDIF}

function CgtFromPointer(Text: PAnsiChar): UTF8String;
begin
  if Text = nil then
    Result := ''
  else
    SetString(Result, Text, StrLen(Text));
end;

{ Amounts. A Currency is a whole number of ten-thousandths; on that number the arithmetic is exact. Every currency of
  the library has two decimals. }

const
  PARTS_OF_A_MINOR_UNIT = 100;

function CgtToMinor(Amount: Currency; out Minor: Int64): Boolean;
var
  Parts: Int64;
begin
  Move(Amount, Parts, SizeOf(Parts));
  Minor := Parts div PARTS_OF_A_MINOR_UNIT;
  Result := Minor * PARTS_OF_A_MINOR_UNIT = Parts;
end;

function CgtToCurrency(Minor: Int64): Currency;
var
  Parts: Int64;
begin
  Parts := Minor * PARTS_OF_A_MINOR_UNIT;
  Move(Parts, Result, SizeOf(Parts));
end;

end.
