{ What a till does when it starts, before the first sale: it settles what was left open.

    RecoverDemo HOST PORT JOURNAL [--simulator] }
program RecoverDemo;

{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalOutcome, ComgateTerminal, DemoTill;

type
  TTill = class
    procedure Store(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
  end;

procedure TTill.Store(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  Tell(Outcome);
  // True once it is in the till's database, under Outcome.TransactionId; until then it is told again each time.
  Stored := True;
end;

procedure Run;
var
  Till: TTill;
  Terminal: TComgateTerminal;
  Undecided, Unacknowledged: Integer;
begin
  Till := TTill.Create;
  Terminal := OpenTerminal;
  try
    Terminal.OnRecovered := Till.Store;
    Say(Format('%d sales were left open', [Terminal.Recover]));
    Terminal.UnresolvedCount(Undecided, Unacknowledged);
    // Selling may go on. For these the cashier looks at the terminal, and Terminal.Resolve writes down what was found.
    if Undecided > 0 then
      ExitCode := EXIT_UNKNOWN;
  finally
    Terminal.Free;
    Till.Free;
  end;
end;

begin
  try
    Run;
  except
    on E: Exception do
      ExitCode := TellError(E);
  end;
end.
